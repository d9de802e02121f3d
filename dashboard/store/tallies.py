"""Count a choice of events in memory: by place, month, movement; and find a page of them."""

from collections.abc import Iterator, Sequence

import numpy as np

from dashboard.store.choosing import Choice
from dashboard.store.scanning import Array, Part

MOST_CELLS = 1 << 23
"""Above so many a table of cells costs more than sorting."""

_EPOCH = np.datetime64("1970-01-01").astype(int) - 719163  # day 1 of date.toordinal


def count_events(choice: Choice) -> int:
    """Count the events of a choice; needs the column `article`."""
    number = 0
    for part in choice.parts:
        mask = choice.mask(part)
        number += part.count() if mask is None else int(np.count_nonzero(mask))
    return number


def count_articles(choice: Choice) -> int:
    """Count the articles that tell the events of a choice; needs the column `article`.

    The events of an article stand side by side.
    """
    number, last = 0, None
    for part in choice.parts:
        (told,) = choice.take(part, "article")
        if len(told):
            number += int(np.count_nonzero(told[1:] != told[:-1])) + (told[0] != last)
            last = told[-1]
    return int(number)


def by_place(choice: Choice) -> Iterator[tuple[str, int, int, tuple[tuple[str, int], ...]]]:
    """Give each place with its best precision, its events, and these by type, most first.

    Needs the columns `place`, `type`, `precision`; types of a tie stand in order of their ids.
    """
    types = [name or "" for name in choice.names("type").names]
    kinds = len(types)
    cells = [_place_cells(part, kinds)[_all(choice.mask(part))] for part in choice.parts]
    keys, numbers = _tally(cells)
    if not len(keys):
        return
    runs = _starts(keys // 4)  # the rows of a place and type, of up to three precisions
    cell, number = keys[runs] // 4, np.add.reduceat(numbers, runs)
    place, kind = cell // kinds, cell % kinds
    rank = np.argsort(np.argsort(types))[kind]
    order = np.lexsort((rank, -number, place))
    told = list(zip([types[n] for n in kind[order].tolist()], number[order].tolist(), strict=True))
    starts = _starts(place)
    of_place = np.add.reduceat(number, starts).tolist()
    best = np.minimum.reduceat(keys % 4, _starts(keys // (4 * kinds))).tolist()
    names = choice.names("place").names
    bounds = [*starts.tolist(), len(told)]
    for at, code in enumerate(place[starts].tolist()):
        name = names[code]
        if name is not None:
            yield name, best[at], of_place[at], tuple(told[bounds[at] : bounds[at + 1]])


def by_month(choice: Choice) -> Iterator[tuple[str, str, int]]:
    """Count a month (YYYY-MM) and type; needs the columns `first` and `type`, all dated."""
    types = choice.names("type").names
    cells = [_month_cells(part)[_all(choice.mask(part))] for part in choice.parts]
    for key, number in zip(*(array.tolist() for array in _tally(cells)), strict=True):
        month, kind = divmod(key, 256)
        yield f"{month // 12 + 1:04}-{month % 12 + 1:02}", types[kind] or "", number


def movements(choice: Choice) -> Iterator[tuple[str, str, int]]:
    """Count an origin and destination; needs the columns of origins, `number` and `place`."""
    size = len(choice.names("place").names)
    pairs = []
    for part in choice.parts:
        columns = part.columns
        at = np.searchsorted(columns["number"], columns["origin_of"])
        origin, place = columns["origin"], columns["place"][at]
        mask = choice.mask(part)
        if mask is not None:
            told = mask[at]
            origin, place = origin[told], place[told]
        pairs.append(origin.astype(np.int64) * size + place)
    names = choice.names("place").names
    for key, number in zip(*(array.tolist() for array in _tally(pairs)), strict=True):
        origin_name, name = names[key // size], names[key % size]
        if origin_name is not None and name is not None:
            yield origin_name, name, number


def page(choice: Choice, start: int, size: int) -> list[int]:
    """Give the numbers of the events on a page, latest first and those of a day as saved.

    Needs the columns `first` and `number`, all dated.
    """
    firsts = [choice.take(part, "first", "number") for part in choice.parts]
    days, numbers = _tally([first for first, _ in firsts])
    if not len(days):
        return []
    ends = np.cumsum(numbers[::-1])  # how many events lie on the latest days, day by day
    here = np.searchsorted(ends, (start, start + size - 1), side="right")
    latest, earliest = (days[::-1][min(at, len(days) - 1)] for at in here.tolist())
    before = int(ends[here[0] - 1]) if here[0] else 0
    if here[0] >= len(days):
        return []
    taken = [(first >= earliest) & (first <= latest) for first, _ in firsts]
    first, number = (
        np.concatenate([pair[column][told] for pair, told in zip(firsts, taken, strict=True)])
        for column in (0, 1)
    )
    order = np.lexsort((number, -first))
    return list(number[order][start - before : start - before + size].tolist())


def numbers(choice: Choice, start: int, size: int) -> list[int]:
    """Give the numbers of a page of events as they were saved; needs the column `number`."""
    found: list[int] = []
    for part in choice.parts:
        (told,) = choice.take(part, "number")
        if start < len(told):
            found += told[start : start + size - len(found)].tolist()
        start = max(0, start - len(told))
        if len(found) == size:
            break
    return found


def _starts(values: Array) -> Array:
    """Give where each run of equal values begins."""
    return np.flatnonzero(np.concatenate([[True], values[1:] != values[:-1]]))


def _all(mask: Array | None) -> Array | slice:
    return slice(None) if mask is None else mask


def _place_cells(part: Part, kinds: int) -> Array:
    """Give place, type and precision of the events of a part as one number, kept for next time."""
    name = f"place, type, precision of {kinds}"
    if name not in part.columns:
        columns = part.columns
        level = np.clip(columns["precision"], 1, 3)
        cells = (columns["place"].astype(np.int64) * kinds + columns["type"]) * 4 + level
        part.columns[name] = cells.astype(np.int32) if cells.max(initial=0) < 1 << 31 else cells
    return part.columns[name]


def _month_cells(part: Part) -> Array:
    """Give month and type of the events of a part as one number, kept for next time."""
    if "month, type" not in part.columns:
        days = (part.columns["first"] + _EPOCH).astype("datetime64[D]")
        month = days.astype("datetime64[M]").astype(np.int64) + 1969 * 12
        part.columns["month, type"] = (month * 256 + part.columns["type"]).astype(np.int32)
    return part.columns["month, type"]


def _tally(values: Sequence[Array]) -> tuple[Array, Array]:
    """Count how often each number stands in arrays; the numbers in order."""
    together = np.concatenate(values) if values else np.zeros(0, np.int64)
    if not len(together):
        return together, np.zeros(0, np.int64)
    least, most = int(together.min()), int(together.max())
    if most - least > MOST_CELLS:
        return np.unique(together, return_counts=True)
    counted = np.bincount(together - least if least else together)
    found = np.flatnonzero(counted)
    return found + least, counted[found]
