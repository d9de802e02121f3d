"""What must resolve, read from papers that are no part of the project: skipped without them."""

import csv
import json
from pathlib import Path

import pytest

import gazetteer
from gazetteer.geometry import distance_km
from gazetteer.importers import write_layer
from gazetteer.importers.whosonfirst import read_whosonfirst
from gazetteer.load import DATA
from gazetteer.place import Candidate, ToponymKind

SHARED = Path(__file__).parents[2] / "../shared"
MUST = SHARED / "places/must_resolve.csv"
REPORTED = SHARED / "places/syria_reported_dev.csv"
VILLAGES = SHARED / "places/villages/whosonfirst_sy_iq_lb.csv"
GOLD = SHARED / "gold/toponyms.jsonl"
SHIPPED = (DATA / "places", DATA / "regions", DATA / "imported")


def needs(path: Path) -> pytest.MarkDecorator:
    return pytest.mark.skipif(not path.exists(), reason=f"{path.name} is not here")


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def is_hit(candidate: Candidate, row: dict[str, str]) -> bool:
    place = candidate.place
    apart = distance_km(place.lat, place.lon, float(row["lat"]), float(row["lon"]))
    return apart <= max(5.0, float(row["radius_km"]))


@needs(MUST)
def test_each_place_that_must_resolve_is_the_first_answer_to_its_name() -> None:
    wrong = [
        row["name_ar"]
        for row in rows(MUST)
        if not (found := gazetteer.lookup(row["name_ar"])) or not is_hit(found[0], row)
    ]
    assert not wrong


@needs(MUST)
def test_each_variant_of_a_place_that_must_resolve_finds_it() -> None:
    wrong = [
        (row["name_ar"], variant)
        for row in rows(MUST)
        for variant in filter(None, row["variants_ar"].split("|"))
        if not any(is_hit(candidate, row) for candidate in gazetteer.lookup(variant))
    ]
    assert not wrong


@needs(GOLD)
def test_the_literal_names_of_the_five_articles_are_found_and_nothing_else_is() -> None:
    gold: dict[str, list[dict[str, object]]] = {}
    for line in GOLD.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        gold.setdefault(entry["article"], []).append(entry)
    hits = missed = false = taken = 0
    for article, entries in gold.items():
        text = (SHARED / f"articles/{article}.txt").read_text(encoding="utf-8")
        until = max(int(str(e["end"])) for e in entries) + 60  # sidebars are not in the gold
        found = [f for f in gazetteer.default_gazetteer().find(text) if f.start <= until]
        right = set()
        for entry in entries:
            start, end = int(str(entry["start"])), int(str(entry["end"]))
            over = [n for n, f in enumerate(found) if f.start < end and start < f.end]
            row = {key: str(entry[key]) for key in ("lat", "lon", "radius_km")}
            good = [n for n in over if is_hit(found[n].candidates[0], row)]
            if entry["literal"]:
                hits += bool(good)
                missed += not good
                right.update(good)
            else:
                taken += any(found[n].start >= start and found[n].end <= end for n in over)
        false += len(found) - len(right)
    assert hits / (hits + false) >= 0.95
    assert hits / (hits + missed) >= 0.95
    assert taken == 0


# The aims are not reached yet; what is asserted is the floor that was measured.
def shares_resolved(places: gazetteer.Gazetteer) -> tuple[float, float]:
    """Give the shares of mentions whose name resolves within 10 km: first answer, any answer."""
    total = first = later = 0
    for row in rows(REPORTED):
        mentions = int(row["mentions"])
        total += mentions
        apart = [
            distance_km(c.place.lat, c.place.lon, float(row["lat"]), float(row["lon"]))
            for c in places.lookup(row["name_ar"])
        ]
        first += mentions * (bool(apart) and apart[0] <= 10)
        later += mentions * any(km <= 10 for km in apart)
    return first / total, later / total


@needs(REPORTED)
def test_most_mentions_of_reported_places_resolve_with_the_places_that_ship() -> None:
    first, later = shares_resolved(gazetteer.load_gazetteer(*SHIPPED))
    print(f"reported mentions resolved, built in: {first:.3f} (aim: 0.88), any {later:.3f}")
    assert first >= 0.81
    assert later >= 0.85


@needs(REPORTED)
@needs(VILLAGES)
def test_nearly_all_mentions_resolve_with_the_villages_imported(tmp_path: Path) -> None:
    write_layer(read_whosonfirst([VILLAGES], print), tmp_path)
    first, later = shares_resolved(gazetteer.load_gazetteer(*SHIPPED, tmp_path))
    print(f"reported mentions resolved, with villages: {first:.3f} (aim: 0.95), any {later:.3f}")
    assert first >= 0.82
    assert later >= 0.87


@needs(GOLD)
@needs(VILLAGES)
def test_thirty_thousand_villages_do_not_drown_the_names_of_an_article(tmp_path: Path) -> None:
    write_layer(read_whosonfirst([VILLAGES], print), tmp_path)
    many = gazetteer.load_gazetteer(*SHIPPED, tmp_path)
    few = gazetteer.load_gazetteer(*SHIPPED)
    for path in sorted((SHARED / "articles").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        names = {(t.start, t.place.id) for t in few.read(text) if t.place}
        more = {
            (t.start, t.place.id)
            for t in many.read(text)
            if t.place and t.kind is ToponymKind.LITERAL
        }
        assert len(more - names) <= max(1, len(names) // 20), path.name
