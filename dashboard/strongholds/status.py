"""Tell who held what on a day: the status of each place, its receipt and its fading."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from dashboard.model import Event, Modality
from dashboard.ontology import load_ontology
from dashboard.store.base import EventStore, Filters
from dashboard.strongholds.effects import (
    Change,
    Effect,
    effects,
    is_area,
    middle,
    reported_until,
    surely_by,
)
from gazetteer.place import Place

DECAY_DAYS = 90
RECEIPTS = 24
WEAKENED = 0.7
"""What a move of its people away from a place leaves of the confidence that it is there."""

_ORDER = {change: number for number, change in enumerate(Change)}
_REOPENS = ("offensive", "siege")  # an operation to take a place presupposes that it is held


class Status(StrEnum):
    """What was reported of the group at a place."""

    CONTROL = "control"
    CONTESTED = "contested"
    PRESENCE = "presence"
    LOST = "lost"
    UNKNOWN = "unknown"


HELD = (Status.CONTROL, Status.CONTESTED, Status.PRESENCE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """The status of a place on a day, and its receipt.

    `first` is the day since which it was reported so (of a change of hands the day by which it had
    surely happened) and `last` the last day of its reports, `because` their
    event ids in order of time (of more than RECEIPTS the first and the latest), `rule` an id of
    rules.toml (words by `rule_words`), `confidence` lies in 0 to 1. `faded`: there was no report
    for longer than the decay, so the status is only the last known. With UNKNOWN, `last_known` is
    what it was before.
    """

    place: Place
    status: Status
    first: date
    last: date | None
    because: tuple[str, ...]
    rule: str
    confidence: float
    faded: bool = False
    last_known: Status | None = None


@dataclass(slots=True, kw_only=True)
class _Record:
    """What the events up to a day tell of one place."""

    place: Place
    run: list[Effect] = field(default_factory=list)  # since the group was last there anew
    held: Effect | None = None  # the latest report that it is there
    contested: Effect | None = None
    lost: Effect | None = None
    control: bool = False
    back: bool = False  # reported there again after a loss


def holdings(
    events: EventStore | Iterable[Event],
    *,
    on: date,
    decay_days: int = DECAY_DAYS,
    unknown_days: int | None = None,
    group: str = "IS",
    least_confidence: float = 0.0,
) -> tuple[Holding, ...]:
    """Give the status on the day `on` of every place where the group was reported, by place id.

    The codebook's table says what an event does. A capture by the group gives control; so do its
    bases and defences, and presence told in words of control, up to the loss of its last town;
    other presence, and any in a desert or region, gives presence. An attack on it contests. A
    capture from it and its leaving lose, where there is a town or site to lose. After a loss it
    takes a capture, or control told by two articles, to give control again. Events follow one
    another by the middle of their intervals; one counts from there, a change of hands from the last
    day of its interval. Planned, denied, undated and unplaced events change nothing, nor do those
    under `least_confidence` (0 to 1).

    Without a report for `decay_days` a status has `faded`; after `unknown_days` (by default twice
    as many) it is UNKNOWN. A loss fades but stands until the group is reported there again: nothing
    is lost because it was not mentioned, and nothing regained either. `group` is an actor's id.
    """
    if decay_days < 1:
        raise ValueError(
            f"decay_days is {decay_days}; a status can fade after 1 day at the soonest"
        )
    unknown = 2 * decay_days if unknown_days is None else unknown_days
    records = _records(events, on=on, group=group, least_confidence=least_confidence)
    found = (_holding(record, on, decay_days, unknown) for record in records.values())
    return tuple(sorted((h for h in found if h), key=lambda holding: holding.place.id))


def relevant(on: date) -> Filters:
    """Give the filters that let through every event that can matter to a status on a day."""
    types = load_ontology().event_types
    return Filters(
        until=on,
        types=tuple(name for name, kind in types.items() if kind.effect != "none"),
        modality=(Modality.REPORTED.value, Modality.ONGOING.value),
    )


def _records(
    events: EventStore | Iterable[Event], *, on: date, group: str, least_confidence: float
) -> dict[str, _Record]:
    told = events if isinstance(events, Iterable) else events.each(relevant(on))
    found = [
        effect
        for event in told
        if event.when and event.when.first <= on and event.confidence >= least_confidence
        for effect in effects(event, group=group)
        if surely_by(effect) <= on
    ]
    found.sort(key=lambda e: (middle(e.event), _ORDER[e.change], e.event.id))
    records: dict[str, _Record] = {}
    for effect in found:
        record = records.setdefault(effect.place.id, _Record(place=effect.place))
        _apply(record, effect)
    return records


def _apply(record: _Record, effect: Effect) -> None:
    match effect.change:
        case Change.TAKE:
            _take(record, effect)
        case Change.LOSE:
            _lose(record, effect)
        case Change.CONTEST:
            _contest(record, effect)
        case Change.WEAKEN:
            if record.run and not record.lost:
                record.run.append(effect)
        case _:
            _hold(record, effect)


def _take(record: _Record, effect: Effect) -> None:
    lost = record.lost
    if lost and middle(lost.event) == middle(effect.event):
        record.run.append(effect)
        if record.control and effect.event.target in (None, "UNKNOWN"):
            return  # that it took what it held is no news; that it lost it is
        # Both sides claim the day, and nothing says who had the last word.
        record.lost, record.contested, record.held, record.control = None, effect, effect, True
        return
    if lost or not record.held:
        record.run = []
    record.run.append(effect)
    record.held, record.control, record.back = effect, True, False
    record.lost = record.contested = None


def _lose(record: _Record, effect: Effect) -> None:
    if not effect.told and record.held is None and record.contested is None:
        return
    record.run.append(effect)
    if record.lost is None or effect.told:
        record.lost = effect


def _contest(record: _Record, effect: Effect) -> None:
    if not _after_loss(record, effect):
        return
    if record.lost and effect.event.type not in _REOPENS:
        _hold(record, effect)  # it was struck where it had been driven out: so it is there again
        return
    _open_again(record)
    record.run.append(effect)
    record.contested = effect


def _hold(record: _Record, effect: Effect) -> None:
    if not _after_loss(record, effect):
        return
    _open_again(record)
    record.run.append(effect)
    record.held = effect
    if effect.change is Change.CONTROL:
        told = {e.event.article for e in record.run if e.change is Change.CONTROL}
        record.control = record.control or not record.back or len(told) > 1


def _after_loss(record: _Record, effect: Effect) -> bool:
    """Tell whether a report is surely later than a loss: else it is no return."""
    lost, when = record.lost, effect.event.when
    return lost is None or (
        when is not None and when.first > reported_until(lost.event, when.first)
    )


def _open_again(record: _Record) -> None:
    """Begin a new run where the place had been lost: what comes now is a return, not a rule."""
    if record.lost:
        record.run, record.held, record.contested, record.lost = [], None, None, None
        record.control, record.back = False, True


def _holding(record: _Record, on: date, decay: int, unknown: int) -> Holding | None:
    if not record.run:
        return None
    supports = [effect for effect in record.run if effect.change is not Change.WEAKEN]
    if not supports:
        return None
    last = max(reported_until(effect.event, on) for effect in supports)
    age = (on - last).days
    status, rule = _status(record, on, decay, last)
    gone = age > unknown and status is not Status.LOST
    return Holding(
        place=record.place,
        status=Status.UNKNOWN if gone else status,
        first=_first(record, status),
        last=last,
        because=_receipt(record.run),
        rule="no_report" if gone else rule,
        confidence=_confidence(_behind(record, status), record.run),
        faded=age > decay,
        last_known=status if gone else None,
    )


def _status(record: _Record, on: date, decay: int, last: date) -> tuple[Status, str]:
    if record.lost:
        return Status.LOST, record.lost.rule
    contested, held = record.contested, record.held
    if contested:
        at = reported_until(contested.event, on)
        # An old attack contests no more where the group was reported there since.
        if held is None or (last - at).days <= decay:
            return Status.CONTESTED, "claimed_by_both" if contested is held else contested.rule
    if record.control:
        behind = next(e for e in reversed(record.run) if e.change in (Change.TAKE, Change.CONTROL))
        return Status.CONTROL, behind.rule
    if (
        record.back
        and held
        and held.change is not Change.TAKE
        and not is_area(held.place, held.event.geo_precision)
    ):
        return Status.PRESENCE, "back_after_loss"
    return Status.PRESENCE, held.rule if held else "present"


def _first(record: _Record, status: Status) -> date:
    """Give the day since which a status was reported: of its losing, or of the whole run."""
    run = [e for e in record.run if status is not Status.LOST or e.change is Change.LOSE]
    return min(
        surely_by(e) if e.change in (Change.TAKE, Change.LOSE) else e.event.when.first
        for e in run
        if e.event.when
    )


def _behind(record: _Record, status: Status) -> list[Effect]:
    if status is Status.LOST:
        return [e for e in record.run if e.change is Change.LOSE]
    if status is Status.CONTESTED:
        return [e for e in record.run if e.change in (Change.CONTEST, Change.TAKE)]
    if status is Status.CONTROL:
        return [e for e in record.run if e.change in (Change.TAKE, Change.CONTROL)]
    return [e for e in record.run if e.change not in (Change.WEAKEN, Change.LOSE)]


def _confidence(behind: Sequence[Effect], run: Sequence[Effect]) -> float:
    """Join the reports of several articles as independent ones; a move away weakens the whole."""
    best: dict[str, float] = {}
    for effect in behind:
        event = effect.event
        best[event.article] = max(best.get(event.article, 0.0), event.confidence)
    doubt = 1.0
    for confidence in best.values():
        doubt *= 1.0 - confidence
    weakened = run[-1].change is Change.WEAKEN
    return round((1.0 - doubt) * (WEAKENED if weakened else 1.0), 3)


def _receipt(run: Sequence[Effect]) -> tuple[str, ...]:
    ids = tuple(dict.fromkeys(effect.event.id for effect in run))
    return ids if len(ids) <= RECEIPTS else (ids[0], *ids[1 - RECEIPTS :])
