"""Load the chronology: what happened when, who held which office, and how the press words it."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).with_name("chronology.toml")
RECALL_DAYS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """Words that must stand together in a sentence, in any order.

    Each of `groups` lists ways to say one thing, of which one must stand there: folded later, with
    `*` for any ending and `_` between words that touch; none of `without` may stand there.
    """

    groups: tuple[tuple[str, ...], ...]
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Something that happened between two days, and the words that show an article to know it.

    `done` words presuppose that it has happened, `open` words that it has not, `news` words tell it
    as news, which the press does for `recall_days`; `kind` names the shared wordings it takes; a
    `lasting` one is a state that no expression of time dates.
    """

    id: str
    first: date
    last: date
    what: str
    done: tuple[Wording, ...] = ()
    open: tuple[Wording, ...] = ()
    news: tuple[Wording, ...] = ()
    recall_days: int = RECALL_DAYS
    kind: str | None = None
    lasting: bool = False
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """Who held an office, from when to when; both days are in office."""

    name: str
    office: str
    names: tuple[str, ...]
    titles: tuple[str, ...]
    first: date
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Chronology:
    """All that is known: facts in the order of their days, terms of office, where they are from."""

    facts: tuple[Fact, ...]
    terms: tuple[Term, ...]
    source: str

    @property
    def first(self) -> date:
        """Give the first day that any fact tells of."""
        return min(fact.first for fact in self.facts)

    @property
    def last(self) -> date:
        """Give the last day that any fact or term tells of."""
        return max(
            max(fact.last for fact in self.facts),
            max((term.last for term in self.terms if term.last.year < 2100), default=date.min),
        )


@cache
def load_chronology(path: Path = DATA) -> Chronology:
    """Read and check the chronology; raise ValueError naming file, entry and what to mend."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"{path.name}: {error}; mend the TOML at that line") from error
    kinds = _kinds(path, data)
    facts = [_fact(path, entry, kinds, data.get("lists", {})) for entry in data.get("fact", ())]
    terms = [_term(path, entry) for entry in data.get("term", ())]
    seen: set[str] = set()
    for fact in facts:
        if fact.id in seen:
            raise ValueError(f"{path.name}: fact {fact.id!r} stands twice; rename one")
        seen.add(fact.id)
    return Chronology(
        facts=tuple(sorted(facts, key=lambda fact: (fact.first, fact.id))),
        terms=tuple(terms),
        source=str(data.get("source", "")),
    )


def _kinds(path: Path, data: Mapping[str, Any]) -> dict[str, dict[str, list[str]]]:
    """Fill the lists of words into the wordings that facts share."""
    lists: Mapping[str, str] = data.get("lists", {})
    kinds: dict[str, dict[str, list[str]]] = {}
    for kind, aspects in data.get("wording", {}).items():
        kinds[kind] = {}
        for aspect, patterns in aspects.items():
            filled = []
            for pattern in patterns:
                filled.append(_filled(f"{path.name}: wording {kind}", pattern, lists))
            kinds[kind][aspect] = filled
    return kinds


def _filled(where: str, pattern: str, lists: Mapping[str, str]) -> str:
    for name, words in lists.items():
        pattern = pattern.replace(f"{{{name}}}", words)
    if "{" in pattern.replace("{name}", ""):
        raise ValueError(f"{where}: {pattern!r} names no list; add it to [lists]")
    return pattern


_FACT_KEYS = {
    "id",
    "day",
    "first",
    "last",
    "what",
    "kind",
    "names",
    "done",
    "open",
    "news",
    "recall",
    "lasting",
}
_TERM_KEYS = {"name", "office", "names", "titles", "from", "to"}


def _fact(
    path: Path, entry: Mapping[str, Any], kinds: Mapping[str, Any], lists: Mapping[str, str]
) -> Fact:
    where = f"{path.name}: fact {entry.get('id', '?')!r}"
    if unknown := set(entry) - _FACT_KEYS:
        raise ValueError(f"{where}: unknown keys {sorted(unknown)}; use {sorted(_FACT_KEYS)}")
    first, last = entry.get("first", entry.get("day")), entry.get("last", entry.get("day"))
    if not isinstance(first, date) or not isinstance(last, date) or first > last:
        raise ValueError(f"{where}: give day = YYYY-MM-DD, or first and last in their order")
    told: dict[str, tuple[Wording, ...]] = {}
    kind = entry.get("kind")
    if kind is not None and kind not in kinds:
        raise ValueError(f"{where}: no [wording.{kind}]; use one of {sorted(kinds)}")
    for aspect in ("done", "open", "news"):
        patterns = [*entry.get(aspect, ())]
        patterns = [_filled(where, pattern, lists) for pattern in patterns]
        for pattern in kinds[kind].get(aspect, ()) if kind else ():
            patterns.append(pattern.replace("{name}", "|".join(entry.get("names", ()))))
        told[aspect] = tuple(_wording(where, pattern) for pattern in patterns)
    if not any(told.values()):
        raise ValueError(f"{where}: no words; give done, open, news or a kind with names")
    return Fact(
        id=entry["id"],
        first=first,
        last=last,
        what=entry["what"],
        done=told["done"],
        open=told["open"],
        news=told["news"],
        recall_days=int(entry.get("recall", RECALL_DAYS)),
        kind=kind,
        names=tuple(entry.get("names", ())),
        lasting=bool(entry.get("lasting", False)),
    )


def _wording(where: str, pattern: str) -> Wording:
    groups, without = [], []
    for part in pattern.split():
        if part.startswith("!"):
            without.extend(part[1:].split("|"))
        else:
            groups.append(tuple(part.split("|")))
    if not groups or any(not word for group in groups for word in group):
        raise ValueError(f"{where}: the words {pattern!r} hold nothing to look for")
    if all(any(word.endswith("*") for word in group) for group in groups):
        raise ValueError(f"{where}: in {pattern!r} one group must hold whole words only")
    return Wording(groups=tuple(groups), without=tuple(without))


def _term(path: Path, entry: Mapping[str, Any]) -> Term:
    where = f"{path.name}: term {entry.get('name', '?')!r}"
    if unknown := set(entry) - _TERM_KEYS:
        raise ValueError(f"{where}: unknown keys {sorted(unknown)}; use {sorted(_TERM_KEYS)}")
    first, last = entry.get("from"), entry.get("to", date(9999, 12, 31))
    if not isinstance(first, date) or not isinstance(last, date) or first > last:
        raise ValueError(f"{where}: give from = YYYY-MM-DD and, if it is over, to")
    if not entry.get("names") or not entry.get("titles"):
        raise ValueError(f"{where}: give names and titles, as the press writes them")
    return Term(
        name=entry["name"],
        office=entry["office"],
        names=tuple(entry["names"]),
        titles=tuple(entry["titles"]),
        first=first,
        last=last,
    )
