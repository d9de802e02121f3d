"""The README shows what the program prints."""

import re
from pathlib import Path

from click.testing import CliRunner

from dashboard.cli import main

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_sentence_followed_to_its_event_is_what_the_program_prints() -> None:
    shown = re.search(r"^\$ maaqil (extract \S+)\n(.+)$", README, re.MULTILINE)
    assert shown
    command, path = shown[1].split()
    printed = CliRunner().invoke(main, [command, str(ROOT / path)]).stdout
    assert shown[2] in printed.splitlines()


def test_every_picture_shown_is_there() -> None:
    for path in re.findall(r"!\[[^]]*\]\(([^)]+)\)", README):
        assert (ROOT / path).is_file(), path


def test_the_two_commands_are_the_makefiles() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for command in re.findall(r"^make (\w+)", README, re.MULTILINE):
        assert re.search(rf"^{command}:", makefile, re.MULTILINE), command
