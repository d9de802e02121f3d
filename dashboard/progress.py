"""Tell on the standard error how far a reading is: a bar for people, lines for logs."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import click

LINE_SECONDS = 10.0
"""How often a line is written where no terminal shows a bar."""


class Pace:
    """Counts what is done; what was skipped took no time and tells nothing of the rate."""

    def __init__(self, total: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.total = total
        self.done = self.worked = 0
        self._clock = clock
        self._start = clock()

    def step(self, *, skipped: bool = False) -> None:
        """Count one more."""
        self.done += 1
        self.worked += not skipped

    def __str__(self) -> str:
        seconds = self._clock() - self._start
        if not self.worked or seconds <= 0:
            return f"{self.done:,} of {self.total:,} articles"
        rate = self.worked / seconds
        left = max(self.total - self.done, 0) / rate
        return f"{self.done:,} of {self.total:,} articles, {rate:,.1f} a second, {_span(left)} left"


def _span(seconds: float) -> str:
    """Write a span of time in two units, as a person would."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


@contextmanager
def show_progress(
    total: int, *, out: TextIO | None = None, clock: Callable[[], float] = time.monotonic
) -> Iterator[Callable[..., None]]:
    """Give what counts one article more (`skipped=True`: without reading it), shown as it grows."""
    stream = out or sys.stderr
    pace = Pace(total, clock)
    if stream.isatty():
        with click.progressbar(
            length=total,
            label="Reading",
            file=stream,
            show_eta=False,
            item_show_func=lambda told: told,
        ) as bar:

            def advance(*, skipped: bool = False) -> None:
                pace.step(skipped=skipped)
                bar.update(1, str(pace))

            yield advance
        return
    last = clock()

    def log(*, skipped: bool = False) -> None:
        nonlocal last
        pace.step(skipped=skipped)
        if clock() - last >= LINE_SECONDS:
            last = clock()
            click.echo(str(pace), file=stream)

    yield log


def tell_problem(path: Path, reason: str) -> None:
    """Name a file that could not be read, with the reason."""
    click.echo(f"not read: {path}: {reason}", err=True)


def tell_note(text: str) -> None:
    """Tell what a person should know of, though nothing is lost."""
    click.echo(f"note: {text}", err=True)
