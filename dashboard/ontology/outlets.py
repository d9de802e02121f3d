"""Load the outlets: who publishes, under which names, and for which side of the war it speaks."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from dashboard.ontology.load import OntologyError
from gazetteer.arabic import fold

DATA = Path(__file__).with_name("outlets.toml")
_KEYS = {"id", "name_ar", "name_en", "names", "domains", "side", "kind", "until", "then"}
_KINDS = ("agency", "television", "newspaper", "site", "statement", "monitor")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """Who publishes.

    `side` is the id of the side whose voice it is (that of a government, army, party or group that
    owns it), None: of none in this war. From the day `until` it is that of `then`. `kind` is
    agency, television, newspaper, site, statement or monitor.
    """

    id: str
    name_ar: str
    name_en: str
    names: tuple[str, ...]
    domains: tuple[str, ...]
    side: str | None
    kind: str
    until: date | None = None
    then: str | None = None

    def side_on(self, day: date | None) -> str | None:
        """Give the side for which the outlet speaks on a day, None for no side."""
        return self.then if self.until and day and day >= self.until else self.side


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A side of the war, as it is shown."""

    id: str
    label_en: str
    label_ar: str


@dataclass(frozen=True, slots=True)
class Outlets:
    """The outlets by folded name and by domain, and the sides."""

    sides: dict[str, Side]
    named: dict[str, Outlet]
    domains: dict[str, Outlet]

    def find(self, source: str | None, url: str | None = None) -> Outlet | None:
        """Find the outlet of a source as a manifest or page names it, else of an address."""
        if source:
            folded = fold(source).strip().casefold()
            if outlet := self.named.get(folded) or self._of_host(folded):
                return outlet
        return self._of_host(urlsplit(url).hostname or "") if url else None

    def _of_host(self, host: str) -> Outlet | None:
        parts = host.split(".")
        for n in range(len(parts) - 1):
            if outlet := self.domains.get(".".join(parts[n:])):
                return outlet
        return None


@cache
def load_outlets() -> Outlets:
    """Load the outlets that ship, checked."""
    return read_outlets(DATA)


def read_outlets(path: Path) -> Outlets:
    """Read a file of outlets; raises OntologyError naming file and entry."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise OntologyError(f"{path.name}: cannot be read: {error}") from error
    sides = {
        name: Side(id=name, label_en=labels["en"], label_ar=labels["ar"])
        for name, labels in data.get("side", {}).items()
    }
    named: dict[str, Outlet] = {}
    domains: dict[str, Outlet] = {}
    for entry in data.get("outlet", ()):
        outlet = _outlet(entry, sides, path)
        names = (outlet.name_ar, outlet.name_en, *outlet.names)
        _take((fold(name).casefold() for name in names), outlet, named, path)
        _take(outlet.domains, outlet, domains, path)
    return Outlets(sides, named, domains)


def _outlet(entry: dict[str, Any], sides: dict[str, Side], path: Path) -> Outlet:
    name = entry.get("id", "an outlet without an id")
    if strange := set(entry) - _KEYS:
        raise OntologyError(f"{path.name}, {name}: unknown key {sorted(strange)[0]!r}")
    if missing := {"id", "name_ar", "name_en", "kind"} - set(entry):
        raise OntologyError(f"{path.name}, {name}: lacks {sorted(missing)[0]!r}")
    if entry["kind"] not in _KINDS:
        raise OntologyError(f"{path.name}, {name}: kind is one of {', '.join(_KINDS)}")
    for key in ("side", "then"):
        if key in entry and entry[key] not in sides:
            raise OntologyError(f"{path.name}, {name}: there is no [side.{entry[key]}]")
    if ("until" in entry) != ("then" in entry) or not isinstance(
        entry.get("until", date.min), date
    ):
        raise OntologyError(f"{path.name}, {name}: give a day `until` and the side `then` together")
    return Outlet(
        id=name,
        name_ar=entry["name_ar"],
        name_en=entry["name_en"],
        names=tuple(entry.get("names", ())),
        domains=tuple(entry.get("domains", ())),
        side=entry.get("side"),
        kind=entry["kind"],
        until=entry.get("until"),
        then=entry.get("then"),
    )


def _take(keys: Iterable[str], outlet: Outlet, into: dict[str, Outlet], path: Path) -> None:
    for key in keys:
        other = into.setdefault(key, outlet)
        if other is not outlet:
            raise OntologyError(
                f"{path.name}, {outlet.id}: {key!r} is {other.id}'s already; give it to one of them"
            )
