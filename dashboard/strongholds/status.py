"""Tell who held what on a day: the status of each place, its receipt and its fading."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from dashboard.model import Event, Modality
from dashboard.ontology import load_ontology
from dashboard.store.base import EventStore, Filters
from dashboard.strongholds.effects import (
    Change,
    Effect,
    effects,
    is_area,
    middle,
    surely_by,
)
from dashboard.strongholds.holding import Holding, Status
from dashboard.strongholds.parameters import Parameters, default_parameters
from dashboard.strongholds.record import REOPENS, Record, apply
from dashboard.strongholds.reports import READ, Reports

DECAY_DAYS = default_parameters().decay_days

_ORDER = {change: number for number, change in enumerate(Change)}


def holdings(
    events: EventStore | Iterable[Event],
    *,
    on: date,
    group: str = "IS",
    decay_days: int | None = None,
    parameters: Parameters | None = None,
) -> tuple[Holding, ...]:
    """Give the status on the day `on` of every place where the group was reported, by place id.

    The codebook's table says what an event does. A capture by the group gives control; so do its
    bases and defences, and presence told in words of control, up to the loss of its last town;
    other presence, and any in a desert or region, gives presence. An attack on it contests, and so
    does the taking of a part of a town. A capture from it and its leaving lose, where there is a
    town or site to lose. After a loss it takes a capture, or control told by two articles, to give
    control again. Events follow one another by the middle of their intervals; one counts from
    there, a change of hands from the last day of its interval. Planned, denied, undated and
    unplaced events change nothing.

    Without a report for `decay_days` (of the parameters, if not given) a status has `faded`; after
    twice as many, by default, it is UNKNOWN. A loss fades but stands until the group is reported
    there again: nothing is lost because it was not mentioned, and nothing regained either. `group`
    is an actor's id. Raises ValueError where a parameter is out of its range.
    """
    chosen = chosen_parameters(parameters, decay_days)
    records = _effects(events, on=on, group=group, parameters=chosen).values()
    found = (holding_on(on, of_place, chosen) for of_place in records)
    return tuple(sorted((h for h in found if h), key=lambda holding: holding.place.id))


def _effects(
    events: EventStore | Iterable[Event], *, on: date, group: str, parameters: Parameters
) -> dict[str, list[Effect]]:
    """Give the effects a place id that the status on a day rests on, in order of time."""
    if isinstance(events, Iterable):
        return effects_by_place(events, group=group, parameters=parameters)
    least = parameters.least_confidence or None
    choice = events.in_columns(replace(relevant(on), confidence=least), READ)
    if choice is None:
        return effects_by_place(events.each(relevant(on)), group=group, parameters=parameters)
    reports = Reports(choice, events.places(), group=group, on=on, parameters=parameters)
    found = reports.by_place()
    for told in found.values():
        told.sort(key=_order)
    return found


def chosen_parameters(parameters: Parameters | None, decay_days: int | None) -> Parameters:
    """Give the parameters chosen, or else the default ones, with a decay if one is given."""
    chosen = parameters or default_parameters()
    return chosen if decay_days is None else replace(chosen, decay_days=decay_days)


def relevant(on: date) -> Filters:
    """Give the filters that let through every event that can matter to a status on a day."""
    types = load_ontology().event_types
    return Filters(
        until=on,
        types=tuple(name for name, kind in types.items() if kind.effect != "none"),
        modality=(Modality.REPORTED.value, Modality.ONGOING.value),
    )


def effects_by_place(
    events: Iterable[Event], *, group: str, parameters: Parameters
) -> dict[str, list[Effect]]:
    """Give the effects of events a place id, in order of time: what `holding_on` takes."""
    found: dict[str, list[Effect]] = {}
    for event in events:
        if event.confidence >= parameters.least_confidence:
            for effect in effects(event, group=group):
                found.setdefault(effect.place.id, []).append(effect)
    for told in found.values():
        told.sort(key=_order)
    return found


def _order(effect: Effect) -> tuple[date, int, str]:
    return middle(effect.event), _ORDER[effect.change], effect.event.id


def holding_on(on: date, told: Sequence[Effect], parameters: Parameters) -> Holding | None:
    """Give the status of one place on a day from its effects in order; None: nothing was told."""
    record = Record(place=told[0].place)
    for effect in told:
        if surely_by(effect) <= on:
            apply(record, effect, settling_days=parameters.settling_days)
    found = status_of(record, on, parameters)
    if found is None:
        return None
    status, rule, last = found
    gone = _is_gone(status, on, last, parameters)
    return Holding(
        place=record.place,
        status=Status.UNKNOWN if gone else status,
        first=_first(record, status),
        last=last,
        because=_receipt(record.run, parameters.receipts),
        rule="no_report" if gone else rule,
        confidence=_confidence(_behind(record, status), record.run, parameters.weakened),
        faded=(on - last).days > parameters.decay_days,
        last_known=status if gone else None,
    )


def statuses_on(
    days: Iterable[date], told: Sequence[Effect], parameters: Parameters
) -> Iterator[tuple[Status | None, bool]]:
    """Give status and fading of one place on days in order, as `holding_on` would, in one pass.

    Effects that count later than those after them in order wait in the tail, which is played anew.
    """
    record, done = Record(place=told[0].place), 0
    for on in days:
        while done < len(told) and surely_by(told[done]) <= on:
            apply(record, told[done], settling_days=parameters.settling_days)
            done += 1
        now = record
        tail = [e for e in told[done:] if middle(e.event) <= on and surely_by(e) <= on]
        if tail:
            now = record.copy()
            for effect in tail:
                apply(now, effect, settling_days=parameters.settling_days)
        found = status_of(now, on, parameters)
        if found is None:
            yield None, False
            continue
        status, _, last = found
        gone = _is_gone(status, on, last, parameters)
        yield Status.UNKNOWN if gone else status, (on - last).days > parameters.decay_days


def status_of(record: Record, on: date, parameters: Parameters) -> tuple[Status, str, date] | None:
    """Give the last status reported by a day, its rule, and the day of its latest report."""
    if record.until is None:
        return None
    return (*_status(record, on, parameters, record.until), record.until)


def _is_gone(status: Status, on: date, last: date, parameters: Parameters) -> bool:
    return status is not Status.LOST and (on - last).days > parameters.unknown_days


def _status(record: Record, on: date, parameters: Parameters, last: date) -> tuple[Status, str]:
    if record.lost:
        return Status.LOST, record.lost.rule
    contested, held = record.contested, record.held
    if contested:
        at = surely_by(contested)
        operation = contested.event.type in (*REOPENS, "capture")
        # An old attack contests no more where the group was reported there since.
        overtaken = held is not None and (last - at).days > parameters.decay_days
        # One blow where it was not told to rule contests nothing for long.
        spent = not (record.control or operation) and (on - at).days > parameters.contest_days
        if not overtaken and not spent:
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
    return Status.PRESENCE, held.rule if held else "attacked_before"


def _first(record: Record, status: Status) -> date:
    """Give the day since which a status was reported: of its losing, or of the whole run."""
    run = [e for e in record.run if status is not Status.LOST or e.change is Change.LOSE]
    return min(
        surely_by(e) if e.change in (Change.TAKE, Change.LOSE) else e.event.when.first
        for e in run
        if e.event.when
    )


def _behind(record: Record, status: Status) -> list[Effect]:
    if status is Status.LOST:
        return [e for e in record.run if e.change is Change.LOSE]
    if status is Status.CONTESTED:
        return [e for e in record.run if e.change in (Change.CONTEST, Change.TAKE)]
    if status is Status.CONTROL:
        return [e for e in record.run if e.change in (Change.TAKE, Change.CONTROL)]
    return [e for e in record.run if e.change not in (Change.WEAKEN, Change.LOSE)]


def _confidence(behind: Sequence[Effect], run: Sequence[Effect], weakened: float) -> float:
    """Join the reports of several articles as independent ones; a move away weakens the whole."""
    best: dict[str | int, float] = {}
    for effect in behind:
        event = effect.event
        best[event.article] = max(best.get(event.article, 0.0), event.confidence)
    doubt = 1.0
    for confidence in best.values():
        doubt *= 1.0 - confidence
    left = run[-1].change is Change.WEAKEN
    return round((1.0 - doubt) * (weakened if left else 1.0), 3)


def _receipt(run: Sequence[Effect], receipts: int) -> tuple[str, ...]:
    ids = tuple(dict.fromkeys(effect.event.id for effect in run))
    return ids if len(ids) <= receipts else (ids[0], *ids[1 - receipts :])
