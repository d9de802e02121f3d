"""The command that reads articles: maaqil extract."""

import sys
from pathlib import Path
from typing import Any

import click

from dashboard.plain_errors import plain_errors
from dashboard.progress import show_progress, tell_note, tell_problem

NOTHING_READ, SOME_NOT_READ, STOPPED = 1, 3, 130
"""Exit codes; 0: all was read, 2: the command was typed wrong."""


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--store", default=None, help="Keep the events in this store (a file or a database address)."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["jsonl", "table"]),
    default=None,
    help="What to print. Default: a table, or nothing but the count with --store.",
)
@click.option("--explain", is_flag=True, help="Print stage by stage what was read.")
@click.option(
    "--workers",
    default=1,
    show_default=True,
    type=click.IntRange(1),
    help="Read in so many processes of this machine.",
)
@click.option(
    "--cluster",
    default=None,
    metavar="ADDRESS",
    help="Read on the Dask cluster whose scheduler is there (tcp://host:8786).",
)
@click.option("--again", is_flag=True, help="Read also what the store has read already.")
def extract(
    paths: tuple[Path, ...],
    store: str | None,
    form: str | None,
    explain: bool,
    workers: int,
    cluster: str | None,
    again: bool,
) -> None:
    """Read articles (.txt, .html, .jsonl, or folders of them) and print or keep their events.

    With --store, articles that it has read by the same rules are skipped: a run that was broken off
    goes on where it stopped. Exit code: 0 all was read, 1 nothing was, 3 some articles were not
    (they are named), 130 stopped by Ctrl-C.
    """
    from dashboard import extraction, reading
    from dashboard.workers import open_engine

    if cluster and workers > 1:
        raise click.UsageError("Give --workers for this machine or --cluster, not both.")
    with plain_errors():
        if explain:
            for article in reading.each_article(paths, problem=tell_problem):
                click.echo(extraction.explain(article))
            return
        printed = form or (None if store else "table")
        lines = {"jsonl": reading.json_line, "table": reading.table_line}

        def tell(event: Any, article: Any) -> None:
            if printed:
                click.echo(lines[printed](event, article))

        try:
            with open_engine(workers=workers, cluster=cluster) as engine:
                outcome = reading.read_events(
                    paths,
                    store=store,
                    problem=tell_problem,
                    progress=show_progress,
                    tell=tell,
                    engine=engine,
                    again=again,
                    note=tell_note,
                )
        except reading.StoppedError as stopped:
            kept = "; what is stored is kept, the same command goes on from there" if store else ""
            click.echo(f"stopped: {stopped.outcome.summary()}{kept}", err=True)
            sys.exit(STOPPED)
    click.echo(outcome.summary(), err=True)
    if outcome.problems:
        sys.exit(SOME_NOT_READ if outcome.articles or outcome.skipped else NOTHING_READ)


commands = (extract,)
