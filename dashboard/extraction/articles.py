"""Read article files: .txt, .html and .jsonl, alone or in folders, with a manifest beside them."""

import csv
import io
import json
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from dashboard.extraction.web_page import WebPage, days_of_url, decode, iso_day, read_page
from dashboard.model import Article, ShownDate

TEXT_ENDINGS = (".txt",)
PAGE_ENDINGS = (".html", ".htm")
LINES_ENDINGS = (".jsonl",)
ENDINGS = TEXT_ENDINGS + PAGE_ENDINGS + LINES_ENDINGS
MANIFEST = "manifest.csv"

Problem = Callable[[Path, str], None]


class ArticleError(ValueError):
    """A file that cannot be read as an article; says which, why and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What a manifest, or a line of JSON, says of an article beside its text."""

    published: date | None = None
    title: str | None = None
    source: str | None = None
    url: str | None = None


@dataclass(slots=True)
class _Run:
    """One call of `read_articles`: where problems go, the ids and manifests seen so far."""

    root: Path
    problem: Problem
    ids: set[str] = field(default_factory=set)
    manifests: dict[Path, Mapping[str, _Known]] = field(default_factory=dict)

    def known(self, path: Path) -> _Known:
        """Look up what the manifest beside a file says of it, by its name or its name's stem."""
        folder = path.parent
        if folder not in self.manifests:
            self.manifests[folder] = _read_manifest(folder / MANIFEST, self.problem)
        rows = self.manifests[folder]
        return rows.get(path.name) or rows.get(path.stem) or _Known()

    def name(self, path: Path) -> str:
        """Name a file from the folder that was read: an article must not tell of a machine."""
        return path.name if path == self.root else path.relative_to(self.root).as_posix()


def read_articles(path: Path, *, problem: Problem | None = None) -> Iterator[Article]:
    """Read the articles of a file, or of a folder and the folders in it, in order of name.

    A text file is read as it is: its article's text is the file's, character by character, in NFC
    and with line ends unified, so that offsets count into it. What cannot be read goes to `problem`
    with its path and reason, and the rest is read on. Without `problem` the first such file raises
    ArticleError.
    """

    def refuse(where: Path, reason: str) -> None:
        raise ArticleError(f"{where}: {reason}")

    run = _Run(root=path, problem=problem or refuse)
    files = _files(path)
    if not path.exists():
        run.problem(path, "does not exist")
    elif not files:
        what = "holds no articles" if path.is_dir() else "is no article file"
        run.problem(path, f"{what}; give files that end in {', '.join(ENDINGS)}")
    for file in files:
        try:
            for article in _read_file(file, run):
                if article.id in run.ids:
                    reason = f"the id {article.id!r} was read before; give each article its own"
                    run.problem(file, reason)
                    continue
                run.ids.add(article.id)
                yield article
        except ArticleError:
            raise
        except (OSError, ValueError) as error:
            run.problem(file, str(error))


def count_files(path: Path) -> int:
    """Count the articles that `read_articles` will try to read: files, and lines of .jsonl."""
    files = _files(path)
    lines = [file for file in files if file.suffix.lower() in LINES_ENDINGS]
    return len(files) - len(lines) + sum(map(_count_lines, lines))


def _count_lines(path: Path) -> int:
    try:
        with path.open("rb") as lines:
            return sum(1 for line in lines if line.strip())
    except OSError:
        return 0


def _files(path: Path) -> tuple[Path, ...]:
    if path.is_dir():
        inside = (p for p in path.rglob("*") if p.suffix.lower() in ENDINGS and p.is_file())
        hidden = (p for p in inside if not p.name.startswith("."))
        return tuple(sorted(hidden))
    return (path,) if path.is_file() and path.suffix.lower() in ENDINGS else ()


def _read_file(path: Path, run: _Run) -> Iterator[Article]:
    ending = path.suffix.lower()
    known = run.known(path)
    if ending in LINES_ENDINGS:
        yield from _read_lines(path, known, run)
        return
    data = path.read_bytes()
    if not data.strip():
        raise ValueError("is empty; remove it or fetch it again")
    if ending in PAGE_ENDINGS:
        yield _article(path.stem, read_page(data), known, run.name(path))
        return
    page = WebPage(text=decode(data), title=None, shown=(), source=None, url=None)
    yield _article(path.stem, page, known, run.name(path))


def _read_lines(path: Path, known: _Known, run: _Run) -> Iterator[Article]:
    with path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                row = json.loads(decode(line))
                if not isinstance(row, dict) or not isinstance(row.get("text"), str):
                    raise ValueError('is no JSON object with a "text"')
                page = WebPage(text=row["text"], title=None, shown=(), source=None, url=None)
                name = str(row.get("id") or f"{path.stem}:{number}")
                yield _article(name, page, _of_row(row, known), run.name(path))
            except ArticleError:
                raise
            except (ValueError, RecursionError) as error:
                run.problem(path, f"line {number}: {error}; mend or remove the line")


def _of_row(row: Mapping[str, Any], known: _Known) -> _Known:
    published = _text(row.get("published"))
    return _Known(
        published=_published(published) if published else known.published,
        title=_text(row.get("title")) or known.title,
        source=_text(row.get("source")) or known.source,
        url=_text(row.get("url")) or known.url,
    )


def _article(name: str, page: WebPage, known: _Known, file: str) -> Article:
    text = unicodedata.normalize("NFC", page.text.replace("\r\n", "\n").replace("\r", "\n"))
    if not text.strip():
        raise ValueError("holds no text; remove it or fetch it again")
    if "\0" in text:
        raise ValueError("holds NUL characters, so it is no text; save it as UTF-8 text")
    shown = page.shown
    if known.published:
        shown = (ShownDate(day=known.published, where="manifest"), *shown)
    if known.url and known.url != page.url:
        shown += days_of_url(known.url)
    return Article(
        id=name,
        text=text,
        title=known.title or page.title,
        published=shown[0].day if shown else None,
        shown=shown,
        source=known.source or page.source,
        url=known.url or page.url,
        file=file,
    )


def _read_manifest(path: Path, problem: Problem) -> Mapping[str, _Known]:
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
                known[name] = _of_row(row, _Known())
            except ValueError as error:
                problem(path, f"line {rows.line_num}: {name}: {error}; its day is left open")
                known[name] = _of_row({**row, "published": None}, _Known())
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
