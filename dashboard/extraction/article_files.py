"""Find the article files below a path, with what a manifest says of each; nothing is parsed."""

import csv
import hashlib
import io
import json
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from dashboard.extraction.web_page import decode, iso_day

TEXT_ENDINGS = (".txt",)
PAGE_ENDINGS = (".html", ".htm")
LINES_ENDINGS = (".jsonl",)
ENDINGS = TEXT_ENDINGS + PAGE_ENDINGS + LINES_ENDINGS
MANIFEST = "manifest.csv"

Problem = Callable[[Path, str], None]


class ArticleError(ValueError):
    """A file that cannot be read as an article; says which, why and what to do."""


class Form(StrEnum):
    """How an article lies in its file."""

    TEXT = "text"
    PAGE = "page"
    LINE = "line"


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a manifest, or a line of JSON, says of an article beside its text."""

    published: date | None = None
    title: str | None = None
    source: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RawArticle:
    """An article as it lies in its file, to be parsed here or in another process.

    `data` is the file's, or the line's, bytes; `line` counts from 1; `file` is named from the
    folder that was read, `root`.
    """

    id: str
    form: Form
    data: bytes
    known: Known
    file: str
    root: Path
    path: Path
    line: int | None = None

    def digest(self) -> str:
        """Give what changes when anything changes that the article is read from."""
        told = (self.id, self.form.value, self.known, self.file)
        return hashlib.sha256(repr(told).encode() + b"\0" + self.data).hexdigest()


@dataclass(slots=True)
class _Run:
    """One search: where problems go, and the manifests seen so far."""

    root: Path
    problem: Problem
    manifests: dict[Path, Mapping[str, Known]] = field(default_factory=dict)

    def known(self, path: Path) -> Known:
        """Look up what the manifest beside a file says of it, by its name or its name's stem."""
        folder = path.parent
        if folder not in self.manifests:
            self.manifests[folder] = _read_manifest(folder / MANIFEST, self.problem)
        rows = self.manifests[folder]
        return rows.get(path.name) or rows.get(path.stem) or Known()

    def name(self, path: Path) -> str:
        """Name a file from the folder that was read: an article must not tell of a machine."""
        return path.name if path == self.root else path.relative_to(self.root).as_posix()


def find_raw(path: Path, *, problem: Problem) -> Iterator[RawArticle]:
    """Find the articles of a file, or of a folder and the folders in it, in order of name.

    One at a time: memory grows with the largest folder's names, not with what the files hold. What
    cannot be opened goes to `problem` with its path and reason.
    """
    run = _Run(root=path, problem=problem)
    found = False
    for file in _files(path, problem):
        found = True
        try:
            yield from _open(file, run)
        except ArticleError:
            raise
        except (OSError, ValueError) as error:
            run.problem(file, str(error))
    if found:
        return
    if not path.exists():
        run.problem(path, "does not exist")
    else:
        what = "holds no articles" if path.is_dir() else "is no article file"
        run.problem(path, f"{what}; give files that end in {', '.join(ENDINGS)}")


def count_files(path: Path) -> int:
    """Count the articles that `find_raw` will try to find: files, and lines of .jsonl."""
    files = _files(path, lambda *_: None)  # `find_raw` tells what cannot be opened
    return sum(_count_lines(f) if f.suffix.lower() in LINES_ENDINGS else 1 for f in files)


def _count_lines(path: Path) -> int:
    try:
        with path.open("rb") as lines:
            return sum(1 for line in lines if line.strip())
    except OSError:
        return 0


def _files(path: Path, problem: Problem) -> Iterator[Path]:
    if path.is_dir():
        yield from _files_in(path, problem)
    elif path.is_file() and path.suffix.lower() in ENDINGS:
        yield path


def _files_in(folder: Path, problem: Problem) -> Iterator[Path]:
    """Walk a folder in order of name; linked folders are left, for they may hold this one."""
    try:
        with os.scandir(folder) as entries:
            names = sorted((entry.name, entry.is_dir(follow_symlinks=False)) for entry in entries)
    except OSError as error:
        problem(folder, f"cannot be opened: {error.strerror}; let this user read it")
        return
    for name, is_folder in names:
        path = folder / name
        if is_folder:
            yield from _files_in(path, problem)
        elif path.suffix.lower() in ENDINGS and not name.startswith(".") and path.is_file():
            yield path


def _open(path: Path, run: _Run) -> Iterator[RawArticle]:
    ending = path.suffix.lower()
    known = run.known(path)
    if ending in LINES_ENDINGS:
        yield from _open_lines(path, known, run)
        return
    form = Form.PAGE if ending in PAGE_ENDINGS else Form.TEXT
    data, name = path.read_bytes(), run.name(path)
    yield RawArticle(
        id=path.stem, form=form, data=data, known=known, file=name, root=run.root, path=path
    )


def _open_lines(path: Path, known: Known, run: _Run) -> Iterator[RawArticle]:
    with path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                row = row_of(line)
            except (ValueError, RecursionError) as error:
                run.problem(path, told_of_line(number, error))
                continue
            yield RawArticle(
                id=str(row.get("id") or f"{path.stem}:{number}"),
                form=Form.LINE,
                data=line,
                known=known,
                file=run.name(path),
                root=run.root,
                path=path,
                line=number,
            )


def row_of(line: bytes) -> dict[str, Any]:
    """Read a line of JSON that holds an article; ValueError where it holds none."""
    row = json.loads(decode(line))
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise ValueError('is no JSON object with a "text"')
    return row


def told_of_line(number: int, error: Exception) -> str:
    """Say what is wrong with a line, and what to do."""
    return f"line {number}: {error}; mend or remove the line"


def of_row(row: Mapping[str, Any], known: Known) -> Known:
    """Give what a row of a manifest or a line says; what it leaves out, `known` says."""
    published = _text(row.get("published"))
    return Known(
        published=_published(published) if published else known.published,
        title=_text(row.get("title")) or known.title,
        source=_text(row.get("source")) or known.source,
        url=_text(row.get("url")) or known.url,
    )


def _read_manifest(path: Path, problem: Problem) -> Mapping[str, Known]:
    """Read `file,published,title,source,url`; a row that is wrong is told and left out."""
    if not path.is_file():
        return {}
    try:
        rows = csv.DictReader(io.StringIO(decode(path.read_bytes()), newline=""))
        if "file" not in (rows.fieldnames or ()):
            raise ValueError("has no column 'file'; begin it with file,published,title,source,url")
        known = {}
        for row in rows:
            name = _text(row.get("file"))
            if name is None:
                problem(path, f"line {rows.line_num}: names no file; fill the column 'file'")
                continue
            try:
                known[name] = of_row(row, Known())
            except ValueError as error:
                problem(path, f"line {rows.line_num}: {name}: {error}; its day is left open")
                known[name] = of_row({**row, "published": None}, Known())
        return known
    except ArticleError:
        raise
    except (ValueError, csv.Error) as error:
        problem(path, str(error))
        return {}


def _published(text: str) -> date:
    day = iso_day(text)
    if day is None:
        raise ValueError(f"published {text!r} is no day; write it as 2017-10-27")
    return day


def _text(value: object) -> str | None:
    """Give a value as text without spaces around it; None where nothing is left."""
    return (str(value).strip() or None) if value is not None else None
