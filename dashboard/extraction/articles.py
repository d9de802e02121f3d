"""Read an article of its file's bytes: .txt, .html and .jsonl."""

import unicodedata
from collections.abc import Iterator
from pathlib import Path

from dashboard.extraction.article_files import (
    ArticleError,
    Form,
    Known,
    Problem,
    RawArticle,
    find_raw,
    of_row,
    row_of,
    told_of_line,
)
from dashboard.extraction.web_page import WebPage, days_of_url, decode, read_page
from dashboard.model import Article, ShownDate


def read_articles(path: Path, *, problem: Problem | None = None) -> Iterator[Article]:
    """Read the articles of a file, or of a folder and the folders in it, in order of name.

    A text file is read as it is: its article's text is the file's, character by character, in NFC
    and with line ends unified, so that offsets count into it. What cannot be read goes to `problem`
    with its path and reason, and the rest is read on. Without `problem` the first such file raises
    ArticleError.
    """

    def refuse(where: Path, reason: str) -> None:
        raise ArticleError(f"{where}: {reason}")

    tell = problem or refuse
    ids: set[str] = set()
    for raw in find_raw(path, problem=tell):
        try:
            article = read_raw(raw)
        except (ValueError, RecursionError) as error:
            tell(raw.path, str(error))
            continue
        if article.id in ids:
            tell(raw.path, told_twice(article.id))
            continue
        ids.add(article.id)
        yield article


def told_twice(article_id: str) -> str:
    """Say that an id belongs to another article already, and what to do."""
    return f"the id {article_id!r} was read before; give each article its own"


def read_raw(raw: RawArticle) -> Article:
    """Parse an article; pure. Raises ValueError that says what is wrong and what to do."""
    if raw.form is Form.LINE:
        try:
            row = row_of(raw.data)
            return _article(raw, _page(row["text"]), of_row(row, raw.known))
        except (ValueError, RecursionError) as error:
            raise ValueError(told_of_line(raw.line or 0, error)) from error
    if not raw.data.strip():
        raise ValueError("is empty; remove it or fetch it again")
    page = read_page(raw.data) if raw.form is Form.PAGE else _page(decode(raw.data))
    return _article(raw, page, raw.known)


def _page(text: str) -> WebPage:
    return WebPage(text=text, title=None, shown=(), source=None, url=None)


def _article(raw: RawArticle, page: WebPage, known: Known) -> Article:
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
        id=raw.id,
        text=text,
        title=known.title or page.title,
        published=shown[0].day if shown else None,
        shown=shown,
        source=known.source or page.source,
        url=known.url or page.url,
        file=raw.file,
    )
