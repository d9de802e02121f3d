"""The command that tells who held what: maaqil strongholds."""

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import click

from dashboard.plain_errors import plain_errors

Command = Callable[..., Any]
DAY = click.DateTime(["%Y-%m-%d"])


def _span(name: str, metavar: str, words: str) -> Callable[[Command], Command]:
    return click.option(name, nargs=2, type=DAY, metavar=metavar, default=None, help=words)


@click.command()
@click.option("--on", type=DAY, help="The status of every place on this day (default: the last).")
@_span("--compare", "DAY DAY", "What was gained, lost, kept between two days, and what is unknown.")
@_span("--shift", "SINCE UNTIL", "The centre of reported activity by quarter, and the sentence.")
@_span("--months", "SINCE UNTIL", "The leading strongholds by month, over the coverage by month.")
@click.option(
    "--store",
    default=None,
    help="The store: a file, or a database address. Default: events.db in the user's data folder.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "csv"]),
    default="text",
    show_default=True,
    help="What to print.",
)
@click.option("--sentences", is_flag=True, help="Print sentence and source of every event behind.")
@click.option("--decay", type=int, default=None, help="Days without a report until a status fades.")
@click.option("--set", "changes", multiple=True, metavar="NAME=VALUE",
              help="Another value for a parameter; may be repeated.")  # fmt: skip
@click.option("--parameters", "tell", is_flag=True, help="Print every parameter with its source.")
@click.option(
    "--language", "lang", type=click.Choice(["en", "ar"]), default="en", show_default=True,
    help="The language of the words.",
)  # fmt: skip
def strongholds(
    on: Any, compare: Any, shift: Any, months: Any, store: str | None, form: str,
    sentences: bool, decay: int | None, changes: tuple[str, ...], tell: bool, lang: str,
) -> None:  # fmt: skip
    """Tell who held what on a day, what changed between two, and where the activity shifted."""
    from dashboard.store import default_store, open_store
    from dashboard.strongholds import change_parameters, views

    if sum(chosen is not None for chosen in (on, compare, shift, months)) > 1:
        raise click.UsageError("Give one of --on, --compare, --shift and --months.")
    with plain_errors():
        if decay is not None:
            changes = (*changes, f"decay_days={decay}")
        parameters = change_parameters(changes)
        if tell:
            _print(views.parameters(parameters, lang), form, lang)
            return
        where = store or default_store()
        opened = open_store(where)
        days = opened.first_and_last_day()
        if days is None:
            raise click.ClickException(f"{where} holds no dated event; read articles into it with "
                                       "maaqil extract PATHS --store")  # fmt: skip
        asked = views.Asked(store=opened, parameters=parameters, lang=lang, sentences=sentences)
        if compare:
            view = views.compared(asked, *_days(compare))
        elif shift:
            view = views.shifted(asked, *_days(shift))
        elif months:
            view = views.by_month(asked, *_days(months))
        else:
            view = views.on_day(asked, on.date() if on else days[1])
        _print(view, form, lang)


def _days(pair: Sequence[Any]) -> tuple[date, date]:
    return pair[0].date(), pair[1].date()


def _print(view: Any, form: str, lang: str) -> None:
    from dashboard.strongholds.text import as_text

    if form == "json":
        click.echo(json.dumps(view.data, ensure_ascii=False, indent=2))
    elif form == "csv":
        click.echo(_as_csv(view.rows), nl=False)
    else:
        click.echo(as_text(view, lang))


def _as_csv(rows: Sequence[Mapping[str, Any]]) -> str:
    """Give rows as CSV: a byte order mark, formulas defused, with sentences a line each."""
    from dashboard.exports.cells import cell

    flat: list[dict[str, Any]] = []
    for row in rows:
        plain = {key: value for key, value in row.items() if key != "sentences"}
        plain["events"] = " ".join(row["events"]) if "events" in row else None
        if plain["events"] is None:
            del plain["events"]
        told = row.get("sentences") or [{}]
        flat += [{**plain, **{f"sentence_{k}" if k in plain else k: v for k, v in one.items()}}
                 for one in told]  # fmt: skip
    if not flat:
        return ""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(dict.fromkeys(key for row in flat for key in row)))
    writer.writeheader()
    writer.writerows({key: cell(value) for key, value in row.items()} for row in flat)
    return "\ufeff" + out.getvalue()


commands = (strongholds,)
