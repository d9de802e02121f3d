"""The command line: maaqil serve, demo, extract, lookup, evaluate, export, check, import-places."""

import json
from pathlib import Path
from typing import Any

import click

from dashboard.discovery import find_modules
from dashboard.plain_errors import plain_errors
from dashboard.progress import show_progress, tell_problem

# Each command imports what it needs when it runs: `maaqil lookup` starts without Streamlit.

PATHS = click.argument(
    "paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path)
)
STORE = click.option(
    "--store",
    default=None,
    help="The store: a file, or a database address. Default: events.db in the user's data folder.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="maaqil", prog_name="maaqil")
def main() -> None:
    """Read Arabic news about the Islamic State group and map how its strongholds shifted."""


@main.command()
@click.argument("name", required=False)
@click.option("--within", default=None, help="Only places inside the place with this id.")
@click.option(
    "--in",
    "file",
    default=None,
    type=click.Path(exists=True, path_type=Path),
    help="Show this article with its place names marked instead.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def lookup(name: str | None, within: str | None, file: Path | None, as_json: bool) -> None:
    """Look up a place NAME: candidates, best first, with coordinates, kind, radius and reasons."""
    import gazetteer

    with plain_errors():
        if file is not None:
            from dashboard.extraction.articles import read_articles
            from gazetteer.show import mark_text

            for article in read_articles(file):
                click.echo(mark_text(article.text))
            return
        if not name:
            raise click.UsageError("Give a place name, or --in FILE.")
        candidates = gazetteer.lookup(name, within=within)
    if as_json:
        click.echo(
            json.dumps([_candidate_row(c) for c in candidates], ensure_ascii=False, indent=2)
        )
        return
    if not candidates:
        raise click.ClickException(f"No place is known by the name {name!r}.")
    for rank, candidate in enumerate(candidates, start=1):
        place = candidate.place
        click.echo(
            f"{rank}. {place.name}  {place.name_en}  [{place.id}]\n"
            f"   {place.kind.value}, {place.lat:.3f} N {place.lon:.3f} E, within "
            f"{place.radius_km:g} km, score {candidate.score:.2f}"
        )
        for reason in candidate.why:
            click.echo(f"   - {reason}")


def _candidate_row(candidate: Any) -> dict[str, object]:
    place = candidate.place
    return {
        "id": place.id, "name": place.name, "name_en": place.name_en, "kind": place.kind.value,
        "lat": place.lat, "lon": place.lon, "radius_km": place.radius_km, "within": place.within,
        "score": round(candidate.score, 3), "why": list(candidate.why), "source": place.source,
    }  # fmt: skip


SERVE = (
    click.option("--port", default=8501, type=click.IntRange(0, 65535), show_default=True,
                 help="The port; 0 takes a free one."),
    click.option("--online-tiles", default=None, metavar="URL",
                 help="A tile server's address with {z}/{x}/{y}, to draw below; off by default."),
    click.option("--no-browser", is_flag=True, help="Do not open a browser window."),
)  # fmt: skip


def _serve_options(command: Any) -> Any:
    for option in reversed(SERVE):
        command = option(command)
    return command


@main.command()
@STORE
@click.option("--address", default="127.0.0.1", show_default=True, help="The address to serve on.")
@click.option("--base-path", default="", help="What stands before every address, behind a proxy.")
@_serve_options
def serve(
    store: str | None,
    address: str,
    base_path: str,
    port: int,
    online_tiles: str | None,
    no_browser: bool,
) -> None:
    """Open the map on this machine."""
    from dashboard import reading, server
    from dashboard.store import default_store, open_store

    with plain_errors():
        where = reading.existing_store(store) if store else default_store()
        open_store(where)  # what is no store is said here, not on the page
        server.run(
            where,
            address=address,
            port=port,
            online_tiles=online_tiles,
            browser=not no_browser,
            base_path=base_path,
        )


@main.command()
@_serve_options
def demo(port: int, online_tiles: str | None, no_browser: bool) -> None:
    """Load the sample dispatches and open the map on them."""
    from dashboard import reading, server
    from dashboard.sample import sample_folder
    from dashboard.store import default_store

    with plain_errors():
        store = str(Path(default_store()).with_name("sample.db"))
        outcome = reading.read_events(
            (sample_folder(),), store=store, problem=tell_problem, progress=show_progress
        )
        click.echo(outcome.summary(), err=True)
        server.run(store, port=port, online_tiles=online_tiles, browser=not no_browser)


@main.command()
@STORE
@click.option(
    "--format",
    "form",
    default="csv",
    show_default=True,
    help="csv, geojson, gpkg, jsonl, kml or xlsx.",
)
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Only events from this day on.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="Only events up to this day.")
@click.option("--type", "types", multiple=True, help="Only events of this type; may be repeated.")
@click.argument("out", type=click.File("wb"), default="-")
def export(
    store: str | None, form: str, since: Any, until: Any, types: tuple[str, ...], out: Any
) -> None:
    """Write the events of a store to the file OUT (default: the standard output)."""
    from dashboard import reading
    from dashboard.store import Filters, default_store

    filters = Filters(since=since and since.date(), until=until and until.date(), types=types)
    with plain_errors():
        reading.check_filters(filters)
        reading.export(reading.existing_store(store or default_store()), form, filters, out)


@main.command()
@click.option(
    "--gold",
    required=True,
    type=click.Path(exists=True, path_type=Path),
    help="Annotated events, one JSON object a line.",
)
@click.option("--show", is_flag=True, help="Show misses and false alarms with their sentences.")
@PATHS
def evaluate(gold: Path, show: bool, paths: tuple[Path, ...]) -> None:
    """Score what is read from articles against annotated events."""
    from dashboard import reading
    from dashboard.evaluation import read_gold, report
    from dashboard.exports.rows import event_row

    with plain_errors():
        rows = read_gold(gold)
        found: list[dict[str, object]] = []
        reading.read_events(
            paths,
            store=None,
            problem=tell_problem,
            progress=show_progress,
            tell=lambda event, article: found.append(event_row(event, article)),
        )
        click.echo(report(rows, found, show=show))


@main.command()
def check() -> None:
    """Check the data that ships and your own: places, event types with their examples, actors."""
    from dashboard import checks

    with plain_errors():
        for line in checks.check_data():
            click.echo(line)


for module in find_modules("dashboard.commands"):
    for command in module.commands:
        main.add_command(command)


if __name__ == "__main__":
    main()
