"""The whole command imports a country's dump as GeoNames makes it, and says what it did."""

import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dashboard.cli import main
from gazetteer import Gazetteer
from gazetteer.importers import geonames
from gazetteer.load import default_gazetteer
from gazetteer.tables import read_table

README = "Readme for GeoNames Gazetteer extract files\n\ngeonameid : integer id of record\n"
LONG = ",".join(f"Spelling {number}" for number in range(700))


def row(number: int, name: str, alternates: str, at: str, code: str, **cells: str) -> str:
    """Give a line of the 19 columns of a dump; `at` is "lat lon", `code` "P.PPL"."""
    lat, lon = at.split()
    feature, _, kind = code.partition(".")
    columns = [
        *(str(number), name, cells.get("ascii", name), alternates, lat, lon, feature, kind),
        *(cells.get("country", "SY"), "", "07", "172956", "", "", cells.get("population", "0")),
        *(cells.get("elevation", ""), cells.get("dem", "212"), "Asia/Damascus", "2018-04-17"),
    ]
    assert len(columns) == 19
    return "\t".join(columns)


DUMP = [
    # Alternate names in mixed scripts; Persian letters are no Arabic name.
    row(
        *(9000001, "Tall Tistah", "Tall Tistah,تل تستة,Тель-Тиста,テル,تل تستا,تلّ تستة,کرامة"),
        *("35.10000 40.20000", "P.PPL"),
    ),
    row(9000002, "Qaşr Tistah", "قصر تستة", "35.2 40.3", "P.PPL", population="7200", dem=""),
    row(9000003, "Tistah", LONG + ",مدينة تستة", "35.3 40.4", "P.PPLA2", population="41000"),
    row(9000004, "Ḩayy Tistah", "حي تستة", "35.31 40.41", "P.PPLX"),
    row(9000005, "Wādī Tistah", "وادي تستة", "35.4 40.5", "H.WAD", elevation=""),
    row(9000006, "Jabal Tistah", "جبل تستة", "35.5 40.6", "T.MT", elevation="812"),
    row(9000007, "Ḩaql Tistah", "حقل تستة", "35.6 40.7", "L.OILF"),
    row(9000008, "Sadd Tistah", "سد تستة", "35.7 40.8", "S.DAM"),
    row(9000009, "Maţār Tistah", 'مطار "تستة"', "35.8 40.9", "S.AIRB"),
    # Gone, of other kinds, nameless, told twice, of no country.
    row(9000010, "Khirbat Tistah", "خربة تستة", "35.9 41.0", "P.PPLQ"),
    row(9000011, "Old Tistah", "تستة القديمة", "35.9 41.1", "P.PPLH"),
    row(9000012, "Lost Tistah", "تستة الضائعة", "35.9 41.2", "P.PPLW"),
    row(9000013, "Muḩāfaz̧at Tistah", "محافظة تستة", "35.0 40.0", "A.ADM1", population="900000"),
    row(9000014, "Ţarīq Tistah", "طريق تستة", "35.0 40.1", "R.RD"),
    row(9000015, "Ghābat Tistah", "غابة تستة", "35.0 40.2", "V.FRST"),
    row(9000016, "Tel Latin", "", "35.0 40.3", "P.PPL"),
    row(9000017, "Tel Cyrillic", "Тель", "35.0 40.4", "P.PPL"),
    row(9000001, "Tall Tistah", "تل تستة", "35.10000 40.20000", "P.PPL"),
    row(9000018, "Nowhere", "تستة المجهولة", "35.0 40.5", "P.PPL", country=""),
    # A place that is kept by hand too, at the same spot, and a line with empty fields.
    row(9000019, "Al Mayādīn", "الميادين,Meyadin", "35.02 40.45", "P.PPL", population="44028"),
    row(9000020, "", "تستة الغربية", "35.05 40.05", "P.PPL", ascii="Tistah al Gharbiyah"),
]


def write_dump(folder: Path, lines: list[str], *, name: str = "SY.zip") -> Path:
    path = folder / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("readme.txt", README)
        archive.writestr("SY.txt", "".join(f"{line}\n" for line in lines))
    return path


@pytest.fixture
def layer(tmp_path: Path) -> Path:
    """Give the folder of a layer, empty."""
    folder = tmp_path / "layer"
    folder.mkdir()
    return folder


@pytest.fixture
def in_use(
    layer: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[], Gazetteer]]:
    """Make the layer the user's own, which every lookup uses, and clear up after it."""
    monkeypatch.setenv("MAAQIL_PLACES", str(layer))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    default_gazetteer.cache_clear()
    yield default_gazetteer
    default_gazetteer.cache_clear()


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["import-places", "geonames", *map(str, arguments)])


def test_the_places_of_a_dump_are_taken_with_kind_point_and_names(
    tmp_path: Path, layer: Path
) -> None:
    result = run(write_dump(tmp_path, DUMP), "--to", layer)
    assert result.exit_code == 0, result.output
    assert f"11 places of geonames written to {layer}" in result.stdout
    places = {place.id: place for place in read_table(layer / "geonames.tsv")}
    kinds = {place_id.removeprefix("sy-gn900"): p.kind.value for place_id, p in places.items()}
    assert kinds == {
        **{"0001": "village", "0002": "town", "0003": "town", "0004": "neighbourhood"},
        **{"0005": "valley", "0006": "mountain", "0007": "oil_field", "0008": "dam"},
        **{"0009": "airfield", "0019": "town", "0020": "village"},
    }
    hill = places["sy-gn9000001"]
    assert (hill.name, hill.spellings, hill.name_en) == ("تل تستة", ("تل تستا",), "Tall Tistah")
    assert (hill.lat, hill.lon, hill.population) == (35.1, 40.2, None)
    assert hill.within == "sy-deir-ez-zor-governorate"
    assert places["sy-gn9000003"].population == 41_000
    assert places["sy-gn9000020"].name_en == "Tistah al Gharbiyah"


def test_what_was_taken_and_what_left_out_is_told_with_counts(tmp_path: Path, layer: Path) -> None:
    told = run(write_dump(tmp_path, DUMP), "--to", layer).stderr
    assert f"reading {tmp_path / 'SY.zip'}" in told
    assert "SY.zip: 11 places taken; left out: " in told
    assert "3 gone (historical, abandoned or destroyed)" in told
    assert "3 of kinds that are not used" in told
    assert "2 without an Arabic name" in told
    assert "1 told twice" in told
    assert "1 of no country" in told
    counts = [int(part.split()[0]) for part in told.split("left out: ")[1].split("; ")]
    assert len(counts) == 5
    assert sum(counts) + 11 == len(DUMP)


def test_lookups_find_what_was_imported_but_what_is_kept_by_hand_comes_first(
    tmp_path: Path, in_use: Callable[[], Gazetteer]
) -> None:
    run(write_dump(tmp_path, DUMP))  # without --to: into the user's own layer
    gazetteer = in_use()
    assert gazetteer.lookup("تل تستة")[0].place.id == "sy-gn9000001"
    first = gazetteer.lookup("الميادين")[0].place
    assert (first.id, gazetteer.is_hand_kept(first)) == ("sy-mayadin", True)
    assert gazetteer.find("قصف الطيران بلدة قصر تستة أمس")[0].candidates[0].place.kind == "town"
    run(write_dump(tmp_path, DUMP[:2]))
    assert "sy-gn9000002" in in_use()
    assert "sy-gn9000008" not in in_use()


def test_a_second_import_replaces_the_first(tmp_path: Path, layer: Path) -> None:
    run(write_dump(tmp_path, DUMP), "--to", layer)
    result = run(write_dump(tmp_path, DUMP[:2]), "--to", layer)
    assert "2 places of geonames written" in result.stdout
    assert [p.id for p in read_table(layer / "geonames.tsv")] == ["sy-gn9000001", "sy-gn9000002"]


def test_a_dump_that_was_renamed_is_read_and_a_bare_table_too(tmp_path: Path, layer: Path) -> None:
    assert run(write_dump(tmp_path, DUMP, name="SY (1).zip"), "--to", layer).exit_code == 0
    bare = tmp_path / "SY.txt"
    bare.write_text("\n".join(DUMP) + "\n\n", "utf-8")
    assert "11 places of geonames" in run(bare, "--to", layer).stdout


WRONG = {
    "18 columns": (DUMP[1].rpartition("\t")[0], "line 2: not a line .*19 columns.* but 18"),
    "20 columns": (DUMP[1] + "\tmore", "line 2: not a line .*19 columns.* but 20"),
    "a latitude that is none": (DUMP[1].replace("35.2", "north"), "line 2: not a line .*north"),
    "a point beyond the globe": (DUMP[1].replace("35.2", "352"), "line 2: .*no point in degrees"),
    "a number that is none": (DUMP[1].replace("9000002", "id"), "line 2: not a line .*'id'"),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_wrong_line_is_named_and_the_layer_that_stood_stays(
    what: str, tmp_path: Path, layer: Path
) -> None:
    run(write_dump(tmp_path, DUMP[:1]), "--to", layer)
    stood = (layer / "geonames.tsv").read_bytes()
    line, message = WRONG[what]
    result = run(write_dump(tmp_path, [DUMP[0], line, DUMP[2]]), "--to", layer)
    assert result.exit_code == 1
    assert re.search(f"SY.zip: {message}", result.stderr), result.stderr
    assert (layer / "geonames.tsv").read_bytes() == stood
    assert [path.name for path in layer.iterdir()] == ["geonames.tsv"]


def test_what_is_no_dump_is_told_plainly(tmp_path: Path, layer: Path) -> None:
    result = run(tmp_path / "SY.zip", "--to", layer)
    assert result.exit_code == 2
    assert "SY.zip' does not exist" in result.stderr

    wrong = tmp_path / "SY.zip"
    wrong.write_text("<!DOCTYPE html><title>404 Not Found</title>", "utf-8")
    result = run(wrong, "--to", layer)
    assert result.exit_code == 1
    assert "SY.zip: a web page, not a zip file; download it again" in result.stderr

    wrong.write_bytes(b"PK\x03\x04 cut short")
    assert "SY.zip: not a zip file, or a broken one" in run(wrong, "--to", layer).stderr

    with zipfile.ZipFile(wrong, "w") as archive:
        archive.writestr("readme.txt", README)
    assert "SY.zip: holds no SY.txt; give a country's dump" in run(wrong, "--to", layer).stderr

    whole = write_dump(tmp_path, DUMP).read_bytes()
    start = whole.index(b"SY.txt") + 60
    wrong.write_bytes(whole[:start] + bytes(40) + whole[start + 40 :])
    assert "SY.zip: not a zip file, or a broken one" in run(wrong, "--to", layer).stderr

    latin = tmp_path / "SY.txt"
    latin.write_bytes("\n".join(DUMP).encode("utf-8").replace("Qaş".encode(), b"Qa\xfe"))
    assert "SY.txt: not text in UTF-8" in run(latin, "--to", layer).stderr
    assert not list(layer.iterdir())


def test_without_paths_and_without_a_network_it_says_what_to_do(
    layer: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(geonames, "ADDRESS", "http://127.0.0.1:9/")
    result = run("--to", layer)
    assert result.exit_code == 1
    assert "http://127.0.0.1:9/SY.zip could not be downloaded" in result.stderr
    assert "give its path" in result.stderr
    assert not list(layer.iterdir())
