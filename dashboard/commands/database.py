"""The commands that look after a store: maaqil db check, vacuum, stats, copy."""

import sys
from contextlib import closing
from typing import TYPE_CHECKING

import click

from dashboard.plain_errors import plain_errors

if TYPE_CHECKING:
    from dashboard.store.base import Change

WHERE = click.argument("where", metavar="STORE")

# Each command imports what it needs when it runs, as those of dashboard/cli.py do.


@click.group("db")
def database() -> None:
    """Look after a STORE: a file, or the address of a database (postgresql://user@host/name)."""


@database.command()
@WHERE
@click.option("--rebuild", is_flag=True, help="Count the roll-ups anew from the events first.")
def check(where: str, rebuild: bool) -> None:
    """Look for damage, for events without evidence and for wrong counts; changes nothing."""
    from dashboard.store import open_store, upkeep

    with plain_errors(), closing(open_store(where, new=False)) as store:
        if rebuild:
            upkeep.rebuild(store)
        problems = upkeep.check(store)
        events = upkeep.stats(store).events if not problems else 0
    for problem in problems:
        click.echo(problem)
    if problems:
        sys.exit(1)
    click.echo(f"{where}: nothing is wrong, {events} events")


@database.command()
@WHERE
def vacuum(where: str) -> None:
    """Give unused room back to the disk, and let the database learn its own tables."""
    from dashboard.store import open_store, upkeep

    with plain_errors(), closing(open_store(where, new=False)) as store:
        before, after = upkeep.vacuum(store)
    click.echo(f"{where}: {_size(before)} before, {_size(after)} after")


@database.command()
@WHERE
def stats(where: str) -> None:
    """Tell what a store holds: articles, events, clusters, days, size, the last change."""
    from dashboard.store import open_store, upkeep

    with plain_errors(), closing(open_store(where, new=False)) as store:
        told = upkeep.stats(store)
    first, last = told.days or ("-", "-")
    lines = (
        ("database", f"{told.back_end}, schema {told.version}, {_size(told.size)}"),
        ("articles", f"{told.articles} of {told.sources} sources"),
        ("events", f"{told.events}, {told.undated} without a day, {told.unplaced} without a place"),
        ("clusters", f"{told.clusters} told by several articles, {told.reports} events in them"),
        ("days", f"{first} to {last}"),
        ("last change", _change(told.last)),
    )
    for name, words in lines:
        click.echo(f"{name:12} {words}")


@database.command()
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="TO")
def copy(source: str, target: str) -> None:
    """Copy the articles and events of the store FROM into TO, which is made if need be.

    What TO holds already stays; an article that both hold becomes that of FROM. A copy that was
    broken off goes on where it stopped.
    """
    from dashboard.store import open_store, upkeep

    with (
        plain_errors(),
        closing(open_store(source, new=False)) as old,
        closing(open_store(target)) as new,
    ):
        if old.same_as(new):
            raise ValueError(f"{target}: is the store to copy from; give another one")
        total = upkeep.stats(old).articles
        told = upkeep.copy(old, new)
        with click.progressbar(told, length=total, label="Copying", file=sys.stderr) as bar:
            changed = list(bar)
    click.echo(f"{len(changed)} articles, {sum(changed)} of them new or changed in {target}")


def _size(number: int) -> str:
    return f"{number / 1_000_000:.1f} MB"


def _change(last: "Change | None") -> str:
    if last is None:
        return "none since the log began"
    return f"{last.at}: {last.article} {last.what}, {last.events} events"


commands = (database,)
