"""What import contracts cannot see: the top level, the modules, the documents."""

import ast
import importlib.metadata
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

ROOT = Path(__file__).parents[2]
MODULES = sorted([*ROOT.glob("dashboard/**/*.py"), *ROOT.glob("gazetteer/**/*.py")])
CARD = {"pyproject.toml", "dashboard", "gazetteer", "tests", ".streamlit"}
PAPERS = {
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "LICENSE",
    "Makefile",
    "requirements.lock",
    ".gitignore",
    ".pre-commit-config.yaml",
    ".ci",
}


def tracked_files() -> list[str]:
    git = subprocess.run(
        ["git", "ls-files"],  # noqa: S607 - git is found on the path like any user's
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if git.returncode:
        pytest.skip("this is not a git checkout")
    return git.stdout.splitlines()


def test_the_top_level_is_the_card_and_the_usual_papers() -> None:
    assert {name.split("/")[0] for name in tracked_files()} <= CARD | PAPERS


def test_the_card_is_whole() -> None:
    assert {name.split("/")[0] for name in tracked_files()} >= CARD


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_says_what_it_is_for_and_stays_short(module: Path) -> None:
    text = module.read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(text)), "no docstring"
    assert text.count("\n") <= 300, "over 300 lines"


SILENCED = re.compile(r"#\s*(?:noqa|type:\s*ignore)(?!: [A-Z0-9, ]+ - \w|\[[\w, -]+\]  # \w)")


@pytest.mark.parametrize(
    ("line", "bare"),
    [
        ("run()  # noqa", True),
        ("run()  # noqa: S603", True),
        ("run()  # type: ignore", True),
        ("run()  # type: ignore[arg-type]", True),
        ("run()  # noqa: S603, S607 - fixed arguments", False),
        ("run()  # type: ignore[arg-type]  # on purpose", False),
    ],
)
def test_what_is_silenced_without_a_reason_is_seen(line: str, bare: bool) -> None:
    assert bool(SILENCED.search(line)) is bare


def test_every_check_that_is_silenced_says_why() -> None:
    bare = [
        f"{path}:{number}"
        for path in tracked_files()
        if path.endswith(".py") and path != "tests/architecture/test_house.py"
        for number, line in enumerate((ROOT / path).read_text("utf-8").splitlines(), start=1)
        if SILENCED.search(line)
    ]
    assert not bare


def test_the_page_reads_as_a_description_of_itself() -> None:
    assert (ROOT / "dashboard/app.py").read_text(encoding="utf-8").count("\n") <= 80


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_is_imported_by_a_short_name(module: Path) -> None:
    # Streamlit puts dashboard/ itself on the path, where `import model` would work by accident.
    short = {path.stem for path in (ROOT / "dashboard").iterdir() if path.stem != "__init__"}
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            assert not short & {name.name.split(".")[0] for name in node.names}
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, "a relative import"
            assert (node.module or "").split(".")[0] not in short


def test_no_module_on_the_scripts_path_is_named_like_a_library() -> None:
    installed = set(importlib.metadata.packages_distributions()) - {"dashboard", "gazetteer"}
    ours = {path.stem for path in (ROOT / "dashboard").iterdir() if path.suffix in ("", ".py")}
    ours -= {"__init__", "__pycache__"}
    assert not ours & (installed | set(sys.stdlib_module_names))


def test_there_is_no_pages_folder_beside_the_page() -> None:
    # Streamlit would take it for a multipage app of its own making.
    assert not (ROOT / "dashboard/pages").exists()


def test_every_command_and_option_stands_in_the_readme() -> None:
    from dashboard.cli import main

    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for name, command in main.commands.items():
        assert f"maaqil {name}" in readme, f"the command {name} is not documented"
        for parameter in command.params:
            if isinstance(parameter, click.Option) and "--help" not in parameter.opts:
                assert any(option in readme for option in parameter.opts), (name, parameter.opts)


def test_every_event_type_format_and_layer_stands_in_the_readme() -> None:
    from dashboard.discovery import find_modules
    from dashboard.exports import all_exports
    from dashboard.ontology import load_ontology

    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    names = {f"`{name}`" for name in load_ontology().event_types}
    names |= {f"`{export.id}`" for export in all_exports()}
    names |= {f"`{module.layer.id}`" for module in find_modules("dashboard.maps.layers")}
    assert not {name for name in names if name not in readme}


def test_no_committed_file_names_a_registry_host_or_a_path_of_one_machine() -> None:
    wrong = ("/work/" + "main", "/work/" + "shared", "pypi" + ".org", "pythonhosted" + ".org")
    wrong += ("registry.npm" + "js", "deb.debian" + ".org", "--extra-index" + "-url")
    for name in tracked_files():
        path = ROOT / name
        if path.suffix in {".png", ".woff2", ".pdf"} or not path.is_file():
            continue
        text = path.read_text(encoding="utf-8")
        assert not [word for word in wrong if word in text], name
