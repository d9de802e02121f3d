"""Tell place by place what events do to the group's hold there, one event after another."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from dashboard.strongholds.effects import Change, Effect, middle, surely_by
from gazetteer.place import Place

REOPENS = ("offensive", "siege")  # an operation to take a place presupposes that it is held


@dataclass(slots=True, kw_only=True)
class Record:
    """What the events up to a day tell of one place."""

    place: Place
    run: list[Effect] = field(default_factory=list)  # since the group was last there anew
    held: Effect | None = None  # the latest report that it is there
    contested: Effect | None = None
    lost: Effect | None = None
    control: bool = False
    back: bool = False  # reported there again after a loss
    until: date | None = None  # the day of the latest report in the run

    def add(self, effect: Effect) -> None:
        """Add a report to the run; one of leaving does not tell that the group is there."""
        self.run.append(effect)
        if effect.change is not Change.WEAKEN and effect.event.when:
            self.until = max(self.until or date.min, surely_by(effect))

    def clear(self) -> None:
        """Begin a new run."""
        self.run, self.until = [], None

    def copy(self) -> "Record":
        """Give a record that can go on without changing this one."""
        return replace(self, run=list(self.run))


def apply(record: Record, effect: Effect, *, settling_days: int) -> None:
    """Let one effect change a record; effects must come in order of time.

    A clash or a mention within `settling_days` of a loss is the end of the fight for the place.
    """
    if not _after_loss(record, effect, settling_days):
        return
    match effect.change:
        case Change.TAKE:
            _take(record, effect)
        case Change.LOSE:
            _lose(record, effect)
        case Change.CONTEST:
            _contest(record, effect)
        case Change.WEAKEN:
            if record.run and not record.lost:
                record.add(effect)
        case _:
            _hold(record, effect)


def _take(record: Record, effect: Effect) -> None:
    lost = record.lost
    if lost and middle(lost.event) == middle(effect.event):
        record.add(effect)
        if record.control and effect.event.target in (None, "UNKNOWN"):
            return  # that it took what it held is no news; that it lost it is
        # Both sides claim the day, and nothing says who had the last word.
        record.lost, record.contested, record.held, record.control = None, effect, effect, True
        return
    if lost or not record.held:
        record.clear()
    record.add(effect)
    record.held, record.control, record.back = effect, True, False
    record.lost = record.contested = None


def _lose(record: Record, effect: Effect) -> None:
    if not effect.told and record.held is None and record.contested is None:
        return
    record.add(effect)
    if record.lost is None or effect.told:
        record.lost = effect


def _contest(record: Record, effect: Effect) -> None:
    if not effect.told and (record.lost or not record.control):
        return
    if record.lost and effect.event.type not in REOPENS:
        _hold(record, effect)  # it was struck where it had been driven out: so it is there again
        return
    _open_again(record)
    record.add(effect)
    record.contested = effect


def _hold(record: Record, effect: Effect) -> None:
    _open_again(record)
    record.add(effect)
    record.held = effect
    if effect.change is Change.CONTROL:
        told = {e.event.article for e in record.run if e.change is Change.CONTROL}
        record.control = record.control or not record.back or len(told) > 1


def _after_loss(record: Record, effect: Effect, settling_days: int) -> bool:
    """Tell whether a report of its being there is surely later than a loss: else it is no return.

    Words of control and a new operation to take the place need no time to settle: they say that the
    loss did not last, as clashes with pockets do not.
    """
    lost, when = record.lost, effect.event.when
    if lost is None or effect.change in (Change.TAKE, Change.LOSE, Change.WEAKEN):
        return True
    if when is None or lost.event.when is None:
        return False
    at_once = effect.change is Change.CONTROL or effect.event.type in REOPENS
    settled = timedelta(days=0 if at_once else settling_days)
    return when.first > lost.event.when.last + settled


def _open_again(record: Record) -> None:
    """Begin a new run where the place had been lost: what comes now is a return, not a rule."""
    if record.lost:
        record.clear()
        record.held = record.contested = record.lost = None
        record.control, record.back = False, True
