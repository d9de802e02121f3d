"""CONTRIBUTING is followed to the letter: its own blocks, in the folders that it tells of."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

PAPER = (Path(__file__).parents[2] / "CONTRIBUTING.md").read_text(encoding="utf-8")
SEIZED = "كوّش تنظيم داعش على بلدة الشدادي يوم الأربعاء 13 سبتمبر 2017.\n"
ZILLAH = "سيطر تنظيم داعش على مدينة زلة الليبية يوم الأربعاء 13 سبتمبر 2017.\n"


def block(file: str) -> str:
    """Give the block of TOML that begins with a comment that names its file."""
    found = re.search(rf"^ *```toml\n *# {re.escape(file)}\n(.*?)^ *```", PAPER, re.M | re.S)
    assert found, file
    return found[1]


class Home:
    """A user's own folders, and the command as that user types it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.checked = ""
        self.environment = {
            **os.environ,
            "XDG_DATA_HOME": str(folder / "data"),
            "XDG_CACHE_HOME": str(folder / "cache"),
        }

    def maaqil(self, *words: str | Path) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "dashboard.cli", *map(str, words)]
        return subprocess.run(  # noqa: S603 - our own program
            command, env=self.environment, capture_output=True, text=True, check=False
        )

    def article(self, text: str) -> Path:
        """Write an article to try it on."""
        path = self.folder / "article.txt"
        path.write_text(text, encoding="utf-8")
        return path

    def own_folder(self, of: str) -> Path:
        """Make the folder that `maaqil check` prints."""
        if not self.checked:
            self.checked = self.maaqil("check").stdout
        line = next(x for x in self.checked.splitlines() if x.startswith(of))
        folder = Path(line.partition(", in ")[2])
        assert folder.is_relative_to(self.folder), "the test would write to the user's own folder"
        folder.mkdir(parents=True, exist_ok=True)
        return folder


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return Home(tmp_path_factory.mktemp("home"))


def test_a_trigger_is_added_by_one_file_as_the_paper_tells(home: Home) -> None:
    article = home.article(SEIZED)
    before = home.maaqil("extract", article, "--format", "jsonl")
    assert before.stdout == "", "the words are known by now: let CONTRIBUTING take others"
    file = home.own_folder("event types: ") / "capture.toml"
    file.write_text(block("capture.toml"), encoding="utf-8")
    told = home.maaqil("check")
    assert told.returncode == 0, told.stderr
    assert f"files of your own: 1, in {file.parent}" in told.stdout
    promise = "every example tells its types and no other"
    assert promise in PAPER
    assert promise in told.stdout
    explained = home.maaqil("extract", "--explain", article).stdout
    line = "trigger capture: كوّش (verb كوّش)"
    assert line in PAPER
    assert line in explained
    row = json.loads(home.maaqil("extract", article, "--format", "jsonl").stdout)
    assert (row["type"], row["actor"], row["date_start"]) == ("capture", "IS", "2017-09-13")


def test_a_place_is_added_by_one_file_as_the_paper_tells(home: Home) -> None:
    article = home.article(ZILLAH)
    assert home.maaqil("lookup", "زلة").returncode == 1, "let CONTRIBUTING take another place"
    file = home.own_folder("places: ") / "libya.toml"
    text = block("libya.toml")
    file.write_text(text, encoding="utf-8")
    (best,) = json.loads(home.maaqil("lookup", "زلة", "--json").stdout)
    assert best["id"] == "ly-zillah"
    row = json.loads(home.maaqil("extract", article, "--format", "jsonl").stdout)
    assert (row["lat"], row["lon"]) == (28.55, 17.56)

    file.write_text(text.replace('kind = "town"', 'kind = "hamlet"'), encoding="utf-8")
    told = home.maaqil("lookup", "زلة")
    assert told.returncode == 1
    assert "unknown kind 'hamlet'; the kinds are" in PAPER
    assert "unknown kind 'hamlet'; the kinds are" in told.stderr
    assert str(file) in told.stderr
    file.unlink()


def test_a_file_that_is_wrong_is_refused_in_the_words_of_the_paper(home: Home) -> None:
    file = home.own_folder("event types: ") / "capture.toml"
    good = block("capture.toml")
    file.write_text(good.replace("words =", "word ="), encoding="utf-8")
    told = home.maaqil("check")
    said = "capture.toml, capture, trigger 1: unknown key word"
    assert said in PAPER
    assert said in told.stderr
    assert str(file) in told.stderr
    assert told.returncode == 1

    file.write_text(re.sub("^ *by =.*\n", "", good, flags=re.M), encoding="utf-8")
    told = home.maaqil("check")
    assert told.returncode == 1
    assert "must tell nothing and tells capture" in PAPER
    assert "must tell nothing and tells capture" in told.stderr
    file.unlink()
