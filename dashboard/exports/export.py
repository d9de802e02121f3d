"""What an export is, and how the formats are found."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import BinaryIO

from dashboard.discovery import find_modules
from dashboard.model import Article, Event
from dashboard.store.base import Cluster


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An event, the article that tells it, and the cluster of its reports, None where told once."""

    event: Event
    article: Article
    cluster: Cluster | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """A format: `write(told, query, out)` writes UTF-8 bytes to `out`.

    `told` runs through events with their articles, and `query` says in words which events they are.
    """

    id: str
    label_en: str
    label_ar: str
    suffix: str
    mime: str
    write: Callable[[Iterable[Told], str, BinaryIO], None]


def all_exports() -> tuple[Export, ...]:
    """Give every format: each module of `dashboard.exports.formats` defines one `export`."""
    return tuple(module.export for module in find_modules("dashboard.exports.formats"))
