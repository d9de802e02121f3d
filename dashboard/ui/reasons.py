"""Say the reasons of a reading in words that a reader without Python understands.

The rules give their reasons in terse English; reason_words.toml holds a pattern for each kind of
reason, and what it says in English and Arabic. What no pattern knows is shown as it is.
"""

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from dashboard.ontology import load_ontology
from dashboard.ui.words import LANGUAGES, Text, WordsError, day_words, forms, in_form, word

SILENT = ("rule", "cost")
"""Slots that a pattern must hold and no sentence tells: they are for those who write the rules."""

_ISOLATED = "\u2068{}\u2069"  # a name or a number keeps its own direction within the sentence
_SLOT = re.compile(r"\{(\w+)\}")
_TABLES = ("form", "role", "level", "how", "mood", "intent", "weekday", "period", "unit", "dated")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """A reason with slots: `literals` stand before, between and behind its `slots`."""

    about: str
    literals: tuple[str, ...]
    slots: tuple[str, ...]
    texts: Mapping[str, Text]

    def match(self, reason: str) -> dict[str, str] | None:
        """Give what stands in each slot; each literal is taken where it comes first."""
        if not reason.startswith(self.literals[0]):
            return None
        found, at = {}, len(self.literals[0])
        for slot, literal in zip(self.slots, self.literals[1:], strict=True):
            if slot == self.slots[-1]:
                end = len(reason) - len(literal)
            else:  # what a {date} holds can hold the literal again, so there it ends at the last
                find = reason.rfind if slot == "date" else reason.find
                end = find(literal, at)
            if end <= at or not reason.startswith(literal, end):
                return None
            found[slot] = reason[at:end]
            at = end + len(literal)
        return found if at == len(reason) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """All of reason_words.toml."""

    order: tuple[str, ...]
    reasons: tuple[Pattern, ...]
    dates: tuple[Pattern, ...]
    tables: Mapping[str, Mapping[str, Mapping[str, Text]]]


def reasons_in_words(reasons: Sequence[str], lang: str) -> tuple[tuple[str, str | None], ...]:
    """Give each reason with its words, in the order what, who, where, when, how sure.

    The words are None where no pattern knows the reason; these come last.
    """
    order = load_patterns().order
    told = [(reason, _told(reason, lang)) for reason in reasons]
    places = {about: number for number, about in enumerate(order)}
    told.sort(key=lambda pair: places[pair[1][0]] if pair[1] else len(order))
    return tuple((reason, words[1] if words else None) for reason, words in told)


@cache
def load_patterns() -> Known:
    """Read reason_words.toml; WordsError where a text lacks a language, a form or a slot."""
    path = files("dashboard.ui").joinpath("reason_words.toml")
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    tables = {name: data[name] for name in (*_TABLES, "factor", "count")}
    for name, table in tables.items():
        for key, texts in table.items():
            slots = {"n"} if name == "count" else set()
            _check(f"{name}.{key}", texts, slots)
    return Known(
        order=tuple(data["order"]),
        reasons=tuple(_pattern(table, data["order"]) for table in data["reason"]),
        dates=tuple(_pattern({"about": "when", **table}, data["order"]) for table in data["date"]),
        tables=tables,
    )


def _pattern(table: Mapping[str, Any], order: Sequence[str]) -> Pattern:
    literals, slots = tuple(_SLOT.split(table["is"])[::2]), tuple(_SLOT.findall(table["is"]))
    if table["about"] not in order:
        raise WordsError(f"reason_words.toml: {table['is']!r} is about none of {order}")
    texts = {lang: table[lang] for lang in LANGUAGES if lang in table}
    _check(table["is"], texts, set(slots) - set(SILENT))
    return Pattern(about=table["about"], literals=literals, slots=slots, texts=texts)


def _check(name: str, texts: Mapping[str, Text], slots: set[str]) -> None:
    """Refuse a text that does not fill its slots; a form by number may leave out the number."""
    if set(texts) != set(LANGUAGES):
        raise WordsError(f"reason_words.toml: write {name!r} in {' and '.join(LANGUAGES)}")
    for lang, text in texts.items():
        if isinstance(text, dict) and set(text) != forms(lang):
            raise WordsError(f"reason_words.toml: {name!r} lacks a form in {lang}: {forms(lang)}")
        for form in text.values() if isinstance(text, dict) else (text,):
            filled = set(_SLOT.findall(form))
            spoken = {"n"} if isinstance(text, dict) else set()
            if not slots - spoken <= filled <= slots:
                raise WordsError(f"reason_words.toml: {name!r} in {lang} fills {sorted(filled)}")


@lru_cache(maxsize=4096)
def _told(reason: str, lang: str) -> tuple[str, str] | None:
    """Give what a reason is about, and its words; None where no pattern knows it."""
    return _first(load_patterns().reasons, reason, lang)


def _first(patterns: Sequence[Pattern], reason: str, lang: str) -> tuple[str, str] | None:
    for pattern in patterns:
        found = pattern.match(reason)
        if found is None:
            continue
        values = {slot: _value(slot, text, lang) for slot, text in found.items()}
        if None not in values.values():
            number = int(found["n"]) if "n" in found else None
            text = in_form(pattern.texts[lang], lang, number)
            return pattern.about, text.format(**values)
    return None


def _value(slot: str, text: str, lang: str) -> str | None:
    """Give the words of a slot; None where it cannot hold that text."""
    if slot in _TABLES:
        return _from_table(slot, text, lang)
    if slot in _READ:
        return _READ[slot](text, lang)
    return _ISOLATED.format(text)


def _from_table(table: str, text: str, lang: str) -> str | None:
    entry = load_patterns().tables[table].get(text)
    return str(entry[lang]) if entry else None


def _label(table: Mapping[str, Any], name: str, lang: str) -> str | None:
    entry = table.get(name)
    return str(entry.label_ar if lang == "ar" else entry.label_en) if entry else None


def _modality(text: str, lang: str) -> str | None:
    return word(f"modality.{text}", lang) if text.isalpha() else None


def _number(text: str, _lang: str) -> str | None:
    return f"{int(text):,}" if text.isdecimal() else None


def _share(text: str, lang: str) -> str | None:
    if not re.fullmatch(r"[01]\.\d+", text):
        return None
    return word("evidence.percent", lang, percent=round(100 * float(text)))


def _parts(text: str, lang: str) -> str | None:
    told = []
    for part in text.split(", "):
        name, _, share = part.rpartition(" ")
        words, percent = _from_table("factor", name, lang), _share(share, lang)
        if words is None or percent is None:
            return None
        told.append(f"{words} {percent}")
    return word("page.comma", lang).join(told)


def _counts(text: str, lang: str) -> str | None:
    """Word what is counted: "2 weeks and 1 days"."""
    told = []
    for part in text.split(" and "):
        number, _, unit = part.partition(" ")
        entry = load_patterns().tables["count"].get(unit)
        if entry is None or not number.isdecimal():
            return None
        told.append(in_form(entry[lang], lang, int(number)).format(n=number))
    return word("page.and", lang).join(told)


def _day(text: str, lang: str) -> str | None:
    try:
        return _ISOLATED.format(day_words(date.fromisoformat(text), lang))
    except ValueError:
        return None


def _date(text: str, lang: str) -> str | None:
    told = _first(load_patterns().dates, text, lang)
    return told[1] if told else None


def _rule(text: str, _lang: str) -> str | None:
    return text if re.fullmatch(r"[a-z0-9-]+", text) else None


_READ: Mapping[str, Callable[[str, str], str | None]] = {
    "type": lambda text, lang: _label(load_ontology().event_types, text, lang),
    "actor": lambda text, lang: _label(load_ontology().actors, text, lang),
    "modality": _modality,
    "n": _number,
    "least": _number,
    "most": _number,
    "m": _number,
    "share": _share,
    "other": _share,
    "doubt": _share,
    "parts": _parts,
    "counts": _counts,
    "first": _day,
    "last": _day,
    "date": _date,
    "rule": _rule,
}
