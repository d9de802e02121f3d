"""The command that draws the picture card: maaqil card."""

from typing import Any

import click

from dashboard.plain_errors import plain_errors

DAY = click.DateTime(["%Y-%m-%d"])


@click.command()
@click.option(
    "--store",
    default=None,
    help="The store: a file, or a database address. Default: events.db in the user's data folder.",
)
@click.option("--since", type=DAY, help="Only events from this day on.")
@click.option("--until", type=DAY, help="Only events up to this day.")
@click.option("--type", "types", multiple=True, help="Only events of this type; may be repeated.")
@click.option("--language", "lang", type=click.Choice(["en", "ar"]), default="en",
              show_default=True, help="The language of the words.")  # fmt: skip
@click.option("--shape", type=click.Choice(["16:9", "a4"]), default="16:9", show_default=True,
              help="The shape of the picture: of a screen, or of a sheet of paper.")  # fmt: skip
@click.option("--link", default="", help="An address to print below, where the view can be opened.")
@click.argument("out", type=click.File("wb", lazy=True), metavar="OUT.png")
def card(
    store: str | None, since: Any, until: Any, types: tuple[str, ...], lang: str, shape: str,
    link: str, out: Any,
) -> None:  # fmt: skip
    """Draw a map of a store's events as a picture to send: title, legend, numbers, credits."""
    from contextlib import closing

    from dashboard import reading
    from dashboard.exports.card import read_card
    from dashboard.exports.card_drawing import draw_card
    from dashboard.store import Filters, default_store, open_store

    filters = Filters(since=since and since.date(), until=until and until.date(), types=types)
    with plain_errors():
        reading.check_filters(filters)
        where = reading.existing_store(store or default_store())
        with closing(open_store(where)) as events:
            told = read_card(events, filters, lang, link=link)
        out.write(draw_card(told, shape))


commands = (card,)
