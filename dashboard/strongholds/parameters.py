"""The numbers on which a status or a shift hangs: named, documented, and changeable for one run."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("parameters.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters:
    """One value a parameter; parameters.toml says what each means, its least, and its source.

    Days are whole days, distances km, shares and confidences 0 to 1.
    """

    decay_days: int
    unknown_factor: float
    settling_days: int
    contest_days: int
    weakened: float
    receipts: int
    least_confidence: float
    least_places: int
    least_reports: int
    half_weight_km: float
    repeats: int
    band_share: float
    seed: int
    leading: int

    def __post_init__(self) -> None:
        """Refuse a value out of its range."""
        for field in fields(self):
            value, entry = getattr(self, field.name), _entries()[field.name]
            least, most = entry["least"], entry.get("most")
            if value < least or (most is not None and value > most):
                upto = "" if most is None else f" and at most {most:g}"
                raise ValueError(f"{field.name} is {value:g}; give at least {least:g}{upto}")

    @property
    def unknown_days(self) -> int:
        """Days without a report after which a status is not known."""
        return round(self.decay_days * self.unknown_factor)


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a parameter means, in a language, and where its value is from."""

    name: str
    value: float
    meaning: str
    source: str


@cache
def default_parameters() -> Parameters:
    """Load the values of parameters.toml."""
    return Parameters(**{name: entry["value"] for name, entry in _entries().items()})


def change_parameters(changes: Iterable[str]) -> Parameters:
    """Give the parameters with changes such as "decay_days=60"; ValueError names a wrong one."""
    changed: dict[str, Any] = {}
    for change in changes:
        name, sign, text = (part.strip() for part in change.partition("="))
        if not sign or name not in _entries():
            names = ", ".join(_entries())
            raise ValueError(f"{change!r} changes no parameter; write NAME=VALUE, NAME of {names}")
        kind = type(_entries()[name]["value"])
        try:
            changed[name] = kind(text)
        except ValueError as error:
            raise ValueError(
                f"{name} takes a {'whole ' if kind is int else ''}number, not {text!r}"
            ) from error
    return replace(default_parameters(), **changed)


def about_parameters(parameters: Parameters, lang: str) -> tuple[About, ...]:
    """Tell of every parameter its value, meaning in English ("en") or Arabic ("ar"), and source."""
    return tuple(
        About(
            name=name,
            value=getattr(parameters, name),
            meaning=entry[lang],
            source=entry["source"],
        )
        for name, entry in _entries().items()
    )


@cache
def _entries() -> dict[str, dict[str, Any]]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))
