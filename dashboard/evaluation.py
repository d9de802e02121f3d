"""Score what was read from articles against events that people annotated.

A found event matches a gold one of its article where the type is the gold type (or one of its
`alt_types`), the place lies within the gold `radius_km`, and the days overlap, widened by a day,
the found interval being no wider than three times the gold one and a week. The relaxed score asks
for the type's family only. Each gold event is matched once, nearest first; a gold event marked
`optional` is neither a miss nor, when found, a false alarm.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from pyproj import Geod

from dashboard.ontology import load_ontology

Row = Mapping[str, Any]
Pair = tuple[int, int]

LEAST_RADIUS_KM = 5.0
"""A gold radius below this counts as this: settlements are not points."""

BINS = 5
"""Into how many equal bins the reliability table cuts confidence."""

_GEOD = Geod(ellps="WGS84")


class GoldError(ValueError):
    """A file of annotated events that cannot be read; names the file, the line and the reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Precision, recall and F1, each 0 to 1, and the pairs (gold index, found index)."""

    precision: float
    recall: float
    pairs: tuple[Pair, ...]

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def read_gold(path: Path) -> tuple[Row, ...]:
    """Read annotated events, one JSON object a line.

    Raises GoldError, naming file and line, where a line is no event of the codebook.
    """
    rows: list[Row] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise GoldError(
                f"{path}, line {number}: not JSON ({error.msg}); mend the line"
            ) from error
        if wrong := _wrong(row):
            raise GoldError(f"{path}, line {number}: {wrong}")
        rows.append(row)
    if not rows:
        raise GoldError(f"{path}: holds no event; give annotated events, one JSON object a line")
    return tuple(rows)


def _wrong(row: Any) -> str | None:
    """Say what is wrong with an annotated event and what to do; None where nothing is."""
    if not isinstance(row, dict):
        return "no JSON object; write one event a line"
    if lacking := [key for key in ("article", "type", "modality") if key not in row]:
        return f"lacks {', '.join(lacking)}; add them"
    types = load_ontology().event_types
    for name in (row["type"], *(row.get("alt_types") or ())):
        if name not in types:
            return f"no event type {name!r}; the types are {', '.join(types)}"
    for one, other in (("lat", "lon"), ("date_start", "date_end")):
        if (row.get(one) is None) != (row.get(other) is None):
            return f"has only one of {one} and {other}; give both or neither"
    return None


def distance_km(a: Row, b: Row) -> float:
    """Give the geodesic distance between two rows' points, in km."""
    return float(_GEOD.inv(a["lon"], a["lat"], b["lon"], b["lat"])[2]) / 1000


def type_agrees(gold: Row, found: Row, *, relaxed: bool = False) -> bool:
    """Tell whether the found type is right; relaxed: whether its family is."""
    good = {gold["type"], *(gold.get("alt_types") or ())}
    if found["type"] in good:
        return True
    types = load_ontology().event_types
    return relaxed and types[found["type"]].family in {types[name].family for name in good}


def place_agrees(gold: Row, found: Row) -> bool:
    """Tell whether the found point lies within the gold place; nowhere agrees with nowhere."""
    if gold.get("lat") is None or found.get("lat") is None:
        return gold.get("lat") is None
    return distance_km(gold, found) <= max(gold.get("radius_km") or 0, LEAST_RADIUS_KM)


def date_agrees(gold: Row, found: Row) -> bool:
    """Tell whether the found interval overlaps the gold one and is not much wider."""
    if not gold.get("date_start"):
        return True
    if not found.get("date_start"):
        return gold.get("date_basis") in ("inferred", "unknown")
    (g_first, g_last), (f_first, f_last) = _days(gold), _days(found)
    slack = timedelta(days=1)
    overlap = f_first <= g_last + slack and f_last >= g_first - slack
    return overlap and (f_last - f_first).days + 1 <= 3 * ((g_last - g_first).days + 1) + 7


def _days(row: Row) -> tuple[date, date]:
    return date.fromisoformat(row["date_start"][:10]), date.fromisoformat(row["date_end"][:10])


def match(
    gold: Sequence[Row],
    found: Sequence[Row],
    *,
    relaxed: bool = False,
    fields: Iterable[str] = ("type", "place", "date"),
) -> tuple[Pair, ...]:
    """Pair gold and found events that agree in `fields`, each once, nearest first."""
    tests = {
        "type": lambda g, f: type_agrees(g, f, relaxed=relaxed),
        "place": place_agrees,
        "date": date_agrees,
    }
    wanted = [tests[field] for field in fields]
    ranked = []
    for i, g in enumerate(gold):
        for j, f in enumerate(found):
            if g["article"] == f["article"] and all(test(g, f) for test in wanted):
                placed = g.get("lat") is not None and f.get("lat") is not None
                apart = distance_km(g, f) if placed else 0.0
                ranked.append((bool(g.get("optional")), f["type"] != g["type"], apart, i, j))
    used_gold: set[int] = set()
    used_found: set[int] = set()
    pairs = []
    for _, _, _, i, j in sorted(ranked):
        if i not in used_gold and j not in used_found:
            used_gold.add(i)
            used_found.add(j)
            pairs.append((i, j))
    return tuple(pairs)


def score(gold: Sequence[Row], found: Sequence[Row], *, relaxed: bool = False) -> Score:
    """Score found events against gold ones."""
    pairs = match(gold, found, relaxed=relaxed)
    required = sum(not row.get("optional") for row in gold)
    hits = sum(not gold[i].get("optional") for i, _ in pairs)
    alarms = len(found) - len(pairs)
    return Score(
        precision=hits / (hits + alarms) if hits + alarms else 1.0,
        recall=hits / required if required else 1.0,
        pairs=pairs,
    )


def calibration_error(found: Sequence[Row], right: set[int]) -> float:
    """Give how far what is claimed lies from what is right, 0 to 1, by bins of confidence.

    `right` are the indexes of found events that agree with the gold. The mean over the events of
    the gap between claimed and right in their bin: the expected calibration error (Naeini et al.
    2015). Raises ValueError where no event has a confidence.
    """
    bins = _bins(found)
    if not bins:
        raise ValueError("no found event has a confidence; give events as extraction finds them")
    gaps = (
        abs(sum(found[j]["confidence"] for j in members) - len(right & set(members)))
        for members in bins.values()
    )
    return float(sum(gaps) / sum(map(len, bins.values())))


def _bins(found: Sequence[Row]) -> dict[int, list[int]]:
    """Give the indexes of found events by the bin of their confidence."""
    bins: dict[int, list[int]] = {}
    for j, row in enumerate(found):
        if row.get("confidence") is not None:
            bins.setdefault(min(int(row["confidence"] * BINS), BINS - 1), []).append(j)
    return bins


def report(gold: Sequence[Row], found: Sequence[Row], *, show: bool = False) -> str:
    """Say in plain text how well the found events agree with the gold ones.

    Only articles that the gold covers count. `show` adds every miss and every false alarm with its
    sentence and, for alarms, the rule that read it.
    """
    known = {row["article"] for row in gold}
    found = [row for row in found if row["article"] in known]
    optional = sum(bool(row.get("optional")) for row in gold)
    lines = [
        f"{len(known)} articles, {len(gold) - optional} required and {optional} optional "
        f"gold events, {len(found)} found"
    ]
    strict = score(gold, found)
    for name, result in (("strict", strict), ("relaxed", score(gold, found, relaxed=True))):
        lines.append(
            f"{name:8} precision {result.precision:.3f}  recall {result.recall:.3f}  "
            f"F1 {result.f1:.3f}"
        )
    lines += _field_lines(gold, found)
    agreed = sum(gold[i]["modality"] == found[j]["modality"] for i, j in strict.pairs)
    lines.append(f"{'modality right':14} {agreed}/{len(strict.pairs)}")
    lines += _type_lines(gold, found, strict)
    lines += _reliability_lines(found, strict)
    if show:
        lines += _shown(gold, found, strict)
    return "\n".join(lines)


def _field_lines(gold: Sequence[Row], found: Sequence[Row]) -> list[str]:
    tests = {"type": type_agrees, "place": place_agrees, "date": date_agrees}
    lines = []
    for field, test in tests.items():
        others = [other for other in tests if other != field]
        pairs = match(gold, found, fields=others)
        right = sum(test(gold[i], found[j]) for i, j in pairs)
        lines.append(f"{field + ' right':14} {right}/{len(pairs)}")
    return lines


def _type_lines(gold: Sequence[Row], found: Sequence[Row], strict: Score) -> list[str]:
    types = load_ontology().event_types
    hit = Counter(gold[i]["type"] for i, _ in strict.pairs if not gold[i].get("optional"))
    matched = {j for _, j in strict.pairs}
    alarm = Counter(row["type"] for j, row in enumerate(found) if j not in matched)
    want = Counter(row["type"] for row in gold if not row.get("optional"))
    lines = ["family      type              gold   hit  missed  alarms"]
    for name in sorted(want | alarm, key=lambda name: (types[name].family, name)):
        lines.append(
            f"{types[name].family:11} {name:16} {want[name]:5} {hit[name]:5} "
            f"{want[name] - hit[name]:7} {alarm[name]:7}"
        )
    return lines


def _reliability_lines(found: Sequence[Row], strict: Score) -> list[str]:
    """Set the confidence that was claimed beside the share that was right, by bins.

    A reading that knows itself has both columns alike (DeGroot and Fienberg 1983).
    """
    right = {j for _, j in strict.pairs}
    bins = _bins(found)
    if not bins:
        return []
    lines = ["confidence  events  claimed  right"]
    for number, members in sorted(bins.items()):
        claimed = sum(found[j]["confidence"] for j in members) / len(members)
        share = len(right & set(members)) / len(members)
        edges = f"{number / BINS:.1f} to {(number + 1) / BINS:.1f}"
        lines.append(f"{edges:11} {len(members):6}    {claimed:.2f}   {share:.2f}")
    lines.append(f"expected calibration error {calibration_error(found, right):.3f}")
    return lines


def _shown(gold: Sequence[Row], found: Sequence[Row], strict: Score) -> list[str]:
    done_gold = {i for i, _ in strict.pairs}
    done_found = {j for _, j in strict.pairs}
    lines = [
        f"missed  {row['article']} {row['type']} {row.get('place')} {row.get('date_start')} "
        f"{row.get('date_end')} | {row.get('evidence', '')}"
        for i, row in enumerate(gold)
        if i not in done_gold and not row.get("optional")
    ]
    for j, row in enumerate(found):
        if j not in done_found:
            why = "; ".join(row.get("reasons", ())[:2])
            lines.append(
                f"alarm   {row['article']} {row['type']} {row.get('place')} "
                f"{row.get('date_start')} {row.get('date_end')} | {row.get('quote') or ''} | {why}"
            )
    return lines
