"""Turn a saved web page into the text of its article, with the days that the page shows."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import trafilatura
from htmldate import find_date

from dashboard.model import ShownDate

_DECLARED = re.compile(rb"""charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_DECLARED_WITHIN = 4096  # bytes; browsers look no further than the first kilobyte, pages err
_ISO_DAY = re.compile(r"\s*(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?!\d)")
_URL_DAY = re.compile(
    r"(?<!\d)(?P<y>20\d\d)(?:(?P<sep>[-/_])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})"
    r"|(?P<mm>[01]\d)(?P<dd>[0-3]\d))(?!\d)"
)
_META_NAMES = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "date",
    "dc.date",
    "dc.date.issued",
    "dcterms.created",
    "dcterms.date",
    "parsely-pub-date",
    "pubdate",
    "publish-date",
    "publishdate",
    "sailthru.date",
)
_TIME_ELEMENTS = "//time[@pubdate or @itemprop='datePublished']/@datetime"
_DEEPEST = 12  # levels of nested JSON-LD that are looked into


@dataclass(frozen=True, slots=True, kw_only=True)
class WebPage:
    """What a page holds: its article's text with a line a paragraph, and what it says of it."""

    text: str
    title: str | None
    shown: tuple[ShownDate, ...]
    source: str | None
    url: str | None


def read_page(data: bytes) -> WebPage:
    """Read an HTML page; the title stands as the first line of its text.

    Days are taken, best first, from JSON-LD, meta elements, `time` elements, the address, and the
    page's wording (htmldate). Raises ValueError where the bytes are no text or hold no article.
    """
    tree = trafilatura.load_html(decode(data))
    if tree is None:
        raise ValueError("holds no HTML; save the page again as 'web page, HTML only'")
    days = tuple(_shown(tree))
    document: Any = trafilatura.bare_extraction(tree, include_comments=False, with_metadata=True)
    text = (document.text or "").strip() if document else ""
    if not text:
        raise ValueError("no article was found in the page; save its text as .txt instead")
    title = " ".join((document.title or "").split()) or None
    if title and not " ".join(text[: 2 * len(title)].split()).startswith(title):
        text = f"{title}\n{text}"
    url = document.url or None
    return WebPage(
        text=text,
        title=title,
        shown=days + days_of_url(url),
        source=document.sitename or document.hostname or _host(url),
        url=url,
    )


def decode(data: bytes) -> str:
    """Decode bytes as UTF-8, else as the UTF-16 mark or the charset that the page declares.

    Raises ValueError where none of them fits.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        declared = _DECLARED.search(data[:_DECLARED_WITHIN])
        if declared is None:
            raise ValueError("is not UTF-8 and declares no charset; save it as UTF-8") from None
    name = declared.group(1).decode("ascii")
    try:
        return data.decode(name)
    except (LookupError, UnicodeDecodeError) as error:
        raise ValueError(f"is not in the charset {name} it declares; save it as UTF-8") from error


def iso_day(text: str) -> date | None:
    """Read the day at the beginning of an ISO 8601 day or time; None where there is none."""
    match = _ISO_DAY.match(text)
    return _day(*match.groups()) if match else None


def days_of_url(url: str | None) -> tuple[ShownDate, ...]:
    """Find the day that an address spells (`/2017/10/27/`, `-20171027`), if it does."""
    for match in _URL_DAY.finditer(urlsplit(url).path) if url else ():
        day = _day(match["y"], match["m"] or match["mm"], match["d"] or match["dd"])
        if day:
            return (ShownDate(day=day, where="url"),)
    return ()


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:  # such as 31 February
        return None


def _host(url: str | None) -> str | None:
    return urlsplit(url).hostname if url else None


def _shown(tree: Any) -> Iterator[ShownDate]:
    """Give each way of showing a day once, best first."""
    ways = (
        ("html json-ld", _json_ld_days(tree)),
        ("html meta", _meta_days(tree)),
        ("html time", tree.xpath(_TIME_ELEMENTS)),
    )
    found = False
    for where, texts in ways:
        day = next((day for text in texts if (day := iso_day(text))), None)
        if day:
            found = True
            yield ShownDate(day=day, where=where)
    if not found:
        # htmldate guesses from wording and class names: better than nothing, worse than the above
        guess = find_date(tree, extensive_search=False, original_date=True)
        day = iso_day(guess) if guess else None
        if day:
            yield ShownDate(day=day, where="html text")


def _meta_days(tree: Any) -> Iterator[str]:
    meta: dict[str, str] = {}
    for element in tree.xpath("//meta[@content]"):
        key = element.get("property") or element.get("name") or element.get("itemprop") or ""
        meta.setdefault(key.lower(), element.get("content"))
    yield from (meta[name] for name in _META_NAMES if name in meta)


def _json_ld_days(tree: Any) -> Iterator[str]:
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        try:
            data = json.loads(script)
        except ValueError:  # a broken script says nothing; the other ways remain
            continue
        yield from _values(data, "datePublished", 0)


def _values(data: object, key: str, level: int) -> Iterator[str]:
    if level > _DEEPEST:
        return
    if isinstance(data, dict):
        if isinstance(data.get(key), str):
            yield data[key]
        for value in data.values():
            yield from _values(value, key, level + 1)
    elif isinstance(data, list):
        for value in data:
            yield from _values(value, key, level + 1)
