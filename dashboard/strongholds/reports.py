"""Find in a large store the few reports on which the statuses of a day rest.

Where the group was told to have lost a place and later to be there again, what was told before
the loss says nothing any more of what is now. So of each place only the reports since the last such
loss are read, and these are played one after another as all would be (record.py).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import repeat
from typing import NamedTuple

import numpy as np

from dashboard.ontology import load_ontology
from dashboard.ontology.wording import PART
from dashboard.store.choosing import Choice
from dashboard.store.scanning import Array, Part
from dashboard.strongholds.effects import Effect, city_of, effect_at, is_area, left, taken_in_part
from dashboard.strongholds.parameters import Parameters
from gazetteer.place import Place

RECENT_DAYS = 500
"""Days before the one asked for in which a loss and a return are looked for first."""

TOLD = ("id", "type", "actor", "target", "first", "last", "precision", "confidence", "article",
        "tells")  # fmt: skip
READ = (*TOLD, "place", "number", "origin", "origin_of")
"""The columns that are read."""

HOLD, CONTEST, CAPTURE, WITHDRAW = 1, 2, 3, 4
KINDS = {"hold": HOLD, "contest": CONTEST, "lose": WITHDRAW}
AT_PLACE, AT_ORIGIN, AT_CITY = 0, 1, 2


class Span(NamedTuple):
    """The first and the last day of a report."""

    first: date
    last: date


class Report(NamedTuple):
    """What of an event a status is reckoned from, read from the columns of a store."""

    id: str
    type: str
    actor: str | None
    target: str | None
    when: Span
    geo_precision: int
    confidence: float
    article: int
    tells: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """Events at places: part and row of the event, the place and how it is meant, the middle."""

    part: Array
    row: Array
    place: Array
    how: Array
    middle: Array

    def where(self, which: Array) -> "Rows":
        """Give some of the rows."""
        return Rows(
            part=self.part[which],
            row=self.row[which],
            place=self.place[which],
            how=self.how[which],
            middle=self.middle[which],
        )


def join(rows: Sequence[Rows]) -> Rows:
    """Give all rows of several."""
    return Rows(
        part=np.concatenate([one.part for one in rows]),
        row=np.concatenate([one.row for one in rows]),
        place=np.concatenate([one.place for one in rows]),
        how=np.concatenate([one.how for one in rows]),
        middle=np.concatenate([one.middle for one in rows]),
    )


class Reports:
    """The reports up to the day `on` that can matter to the hold of an actor on places.

    `choice` holds the dated events up to that day whose type and modality matter, `places` the
    places of the store by id.
    """

    def __init__(
        self,
        choice: Choice,
        places: Mapping[str, Place],
        *,
        group: str,
        on: date,
        parameters: Parameters,
    ) -> None:
        self._choice, self._group, self._on = choice, group, on.toordinal()
        self._settling = parameters.settling_days
        self._types = choice.names("type").names[:]
        known = load_ontology().event_types
        effects = [known[name].effect if name in known else "" for name in self._types]
        # Each table ends with an entry for names that another thread meets from now on.
        self._kind = np.array([*map(KINDS.get, effects, repeat(0)), 0], np.int8)
        self._kind[[n for n, name in enumerate(self._types) if name == "capture"]] = CAPTURE
        self._actor, self._target = (choice.names(c).find(group) for c in ("actor", "target"))
        self._moves, self._capture = map(choice.names("type").find, ("relocation", "capture"))
        names = choice.names("place").names[:]
        self._places = [places.get(name) if name else None for name in names]
        numbers = {place.id: n for n, place in enumerate(self._places) if place}
        self._area = [bool(place and is_area(place, 1)) for place in self._places]
        self._in_city = np.zeros(len(names) + 1, np.int32)
        for number, place in enumerate(self._places[:]):
            city = city_of(place) if place else None
            if city and city.id not in numbers:
                numbers[city.id] = len(self._places)
                self._places.append(city)
                self._area.append(is_area(city, 1))
            self._in_city[number] = numbers[city.id] if city else 0
        self._known = len(names)
        self._candidates = [self._matter(part) for part in choice.parts]

    def by_place(self) -> dict[str, list[Effect]]:
        """Give the effects a place id on which its status rests, in no order."""
        everywhere = np.ones(len(self._places), bool)
        recent = self._rows(everywhere, since=self._on - RECENT_DAYS)
        begins = self._begins(recent)
        settled = begins >= 0
        rest = self._rows(~settled, since=0)
        begins = np.where(settled, begins, self._begins(rest))
        rows = join([recent.where(settled[recent.place]), rest])
        told: dict[str, list[Effect]] = {}
        for effect in self._effects(rows.where(rows.middle >= begins[rows.place])):
            told.setdefault(effect.place.id, []).append(effect)
        return told

    def _matter(self, part: Part) -> Array:
        """Tell which events of a part can matter to the group's hold."""
        columns = part.columns
        kind = np.take(self._kind, columns["type"], mode="clip")
        own, hit = columns["actor"] == self._actor, columns["target"] == self._target
        found = kind == CAPTURE
        found |= own & ((kind == HOLD) | (kind == WITHDRAW))
        found |= hit & (kind == CONTEST)
        mask = self._choice.mask(part)
        meant: Array = found if mask is None else found & mask
        return meant

    def _rows(self, places: Array, *, since: int) -> Rows:
        """Give the events at some places whose middle is no earlier than a day."""
        return join([rows for number in range(len(self._choice.parts))
                     for rows in self._rows_of(number, places, since)] or [NO_ROWS])  # fmt: skip

    def _rows_of(self, number: int, places: Array, since: int) -> Iterator[Rows]:
        columns, found = self._choice.parts[number].columns, self._candidates[number]
        middle = (columns["first"] + columns["last"]) // 2
        found = found & (middle >= since) if since else found

        def rows(row: Array, place: Array, how: int) -> Rows:
            inside = (place > 0) & (place < len(places))
            inside[inside] = places[place[inside]]
            row, place = row[inside], place[inside]
            return Rows(
                part=np.full(len(row), number),
                row=row,
                place=place,
                how=np.full(len(row), how),
                middle=middle[row],
            )

        row = np.flatnonzero(found)
        at = columns["place"][row]
        yield rows(row, np.where(at < self._known, at, 0), AT_PLACE)
        taken = (columns["type"][row] == self._capture) & (columns["target"][row] == self._target)
        yield rows(row[taken], np.take(self._in_city, at[taken], mode="clip"), AT_CITY)
        came = np.searchsorted(columns["number"], columns["origin_of"])
        moved = found[came] & (columns["type"][came] == self._moves)
        moved &= columns["actor"][came] == self._actor
        origin = columns["origin"][moved]
        yield rows(came[moved], np.where(origin < self._known, origin, 0), AT_ORIGIN)

    def _begins(self, rows: Rows) -> Array:
        """Give a place the middle of the last loss after which the group was told to be there.

        -1 where there is none. What was told before that loss changes nothing after the return:
        not where the loss and a taking are told of one day, which depends on who held it before.
        """
        begins = np.full(len(self._places), -1)
        rows = rows.where(rows.how == AT_PLACE)
        if not len(rows.row):
            return begins
        first, last = self._gather(rows, "first"), self._gather(rows, "last")
        order = np.lexsort((last, rows.middle, rows.place))
        rows, first, last = rows.where(order), first[order], last[order]
        kind = np.take(self._kind, self._gather(rows, "type"), mode="clip")
        own = self._gather(rows, "actor") == self._actor
        hit = self._gather(rows, "target") == self._target
        held = ~(np.array(self._area)[rows.place] | (self._gather(rows, "precision") >= 3))
        whole = (self._gather(rows, "tells") & PART) == 0
        surely = held & (last <= self._on)
        lost = surely & (((kind == CAPTURE) & hit & ~own & whole) | ((kind == WITHDRAW) & own))
        taken = surely & (kind == CAPTURE) & own
        there = ((kind == HOLD) & own) | ((kind == CONTEST) & hit)
        there &= rows.middle <= self._on

        day = rows.place.astype(np.int64) << 32 | rows.middle
        disputed = np.isin(day, day[taken]) & np.isin(day, day[lost])
        at = np.maximum.accumulate(np.where(lost, np.arange(len(lost)), -1))
        before = np.maximum(at, 0)
        back = (at >= 0) & (rows.place[before] == rows.place) & ~disputed[before] & ~disputed
        back &= (taken & (rows.middle > rows.middle[before])) | (
            there & (first > last[before] + self._settling)
        )
        np.maximum.at(begins, rows.place[back], rows.middle[before[back]])
        return begins

    def _gather(self, rows: Rows, column: str) -> Array:
        """Give a column of the events of rows."""
        parts = self._choice.parts
        found = np.zeros(len(rows.row), parts[0].columns[column].dtype if parts else np.int64)
        for number, part in enumerate(parts):
            here = rows.part == number
            if here.any():
                values = part.columns[column][rows.row[here]]
                found = found.astype(np.promote_types(found.dtype, values.dtype), copy=False)
                found[here] = values
        return found

    def _effects(self, rows: Rows) -> Iterator[Effect]:
        """Make the effects of rows."""
        actors, targets = (self._choice.names(column).names for column in ("actor", "target"))
        told = (self._gather(rows, column).tolist() for column in TOLD)
        for place, how, name, kind, actor, target, first, last, precision, *more in zip(
            rows.place.tolist(), rows.how.tolist(), *told, strict=True
        ):
            report = Report(
                name.decode(),
                self._types[kind] or "",
                actors[actor],
                targets[target],
                Span(date.fromordinal(first), date.fromordinal(last)),
                precision,
                *more,
            )
            where = self._places[place]
            if where is None:  # the store has lost it; `maaqil db check` says so
                continue
            if how == AT_ORIGIN:
                yield left(report, where)
            elif how == AT_CITY:
                yield taken_in_part(report, where)
            else:
                area = self._area[place] or precision >= 3
                effect = effect_at(report, where, group=self._group, area=area, bits=report.tells)
                if effect:
                    yield effect


_NONE = np.zeros(0, np.int64)
NO_ROWS = Rows(part=_NONE, row=_NONE, place=_NONE, how=_NONE, middle=_NONE)
