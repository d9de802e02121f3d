"""Hand-kept places are read strictly: what cannot be stood by is refused with a reason."""

from pathlib import Path

import pytest

import gazetteer
from gazetteer.importers import import_places, write_layer
from gazetteer.load import DATA, default_gazetteer, load_gazetteer, user_folder
from gazetteer.place import Place, PlaceKind
from gazetteer.tables import read_table, write_table

GOOD = {
    "id": '"sy-test"',
    "kind": '"town"',
    "name": '"الرقة"',
    "name_en": '"Test"',
    "lat": "35.0",
    "lon": "40.0",
    "radius_km": "3",
    "source": '"a test"',
}


def table(**changes: str | None) -> str:
    entry = {**GOOD, **changes}
    lines = [f"{key} = {value}" for key, value in entry.items() if value is not None]
    return "\n".join(["[[place]]", *lines, ""])


def load(folder: Path, *tables: str) -> gazetteer.Gazetteer:
    (folder / "places.toml").write_text("\n".join(tables), encoding="utf-8")
    return load_gazetteer(folder)


def test_a_good_entry_is_read(tmp_path: Path) -> None:
    places = load(tmp_path, table(spellings='["رقة"]', weak='["رقة"]', latin='["Rakka"]'))
    assert len(places) == 1
    assert places["sy-test"].spellings == ("رقة",)
    assert places.lookup("rakka")[0].place.id == "sy-test"


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        (table(colour='"red"'), "unknown key 'colour'"),
        (table(kind='"hamlet"'), "unknown kind 'hamlet'"),
        (table(within='"sy-nowhere"'), "names 'sy-nowhere', which no file holds"),
        (table() + table(), "the id stands already"),
        (table(spellings='["الرقه"]'), "folds to the same as 'الرقة'"),
        (table(name='"الرقی"'), "U\\+06CC"),
        (table(spellings='["کركوك"]'), "U\\+06A9"),
        (table(weak='["الباب"]'), "'الباب' is not among the names"),
        (table(lat="135.0"), "no point in WGS84"),
        (table(lat='"35"'), "lat must be a number"),
        (table(radius_km="0"), "radius_km must be above 0"),
        (table(source=None), "the key 'source' is missing"),
        (table(spellings='"رقة"'), "must be a list"),
        (table(name='"-"'), "has no letters"),
        (table(within='"sy-test"'), "lies within itself"),
        (
            table() + table(id='"sy-far"', lat="36.0", within='"sy-test"'),
            "lies 111 km from sy-test",
        ),
        ("[[place]", "not a TOML file"),
        ('[[town]]\nid = "x"\n', "only \\[\\[place\\]\\] tables"),
    ],
)
def test_a_bad_entry_is_refused_with_file_and_reason(
    tmp_path: Path, entry: str, message: str
) -> None:
    with pytest.raises(ValueError, match=message) as caught:
        load(tmp_path, entry)
    assert "places.toml" in str(caught.value)


def test_kurdish_letters_stand_only_under_kurdish(tmp_path: Path) -> None:
    places = load(tmp_path, table(kurdish='["ڕەققە", "Reqa"]'))
    assert places.lookup("ڕەققە")[0].place.id == "sy-test"


def test_a_missing_folder_is_an_error_that_says_so(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="there is no such folder"):
        load_gazetteer(tmp_path / "nowhere")


def test_a_governorate_is_known_without_its_kind_word(tmp_path: Path) -> None:
    places = load(tmp_path, table(kind='"governorate"', name='"محافظة الرقة"'))
    assert places.lookup("الرقة")[0].place.id == "sy-test"


def imported(**changes: object) -> Place:
    values: dict[str, object] = {
        "id": "sy-gn1",
        "kind": PlaceKind.VILLAGE,
        "name": "الرقة",
        "name_en": "Ar Raqqah",
        "lat": 35.01,
        "lon": 40.0,
        "radius_km": 2.0,
        "source": "a test",
    }
    return Place(**{**values, **changes})  # type: ignore[arg-type]  # as the fields are


def test_hand_kept_places_win_over_imported_ones_of_the_same_name_nearby(tmp_path: Path) -> None:
    rows = [imported(), imported(id="sy-gn2", lat=36.5), imported(id="sy-gn3", name="معدان")]
    assert write_table(rows, tmp_path / "more.tsv") == 3
    places = load(tmp_path, table())
    assert {place.id for place in places} == {"sy-test", "sy-gn2", "sy-gn3"}
    first, second = places.lookup("الرقة")
    assert (first.place.id, second.place.id) == ("sy-test", "sy-gn2")
    assert "imported" in second.why


def test_a_table_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    place = imported(spellings=("رقة", "رقه القديمة"), population=12, within="sy-syria")
    write_table([place], tmp_path / "one.tsv")
    assert list(read_table(tmp_path / "one.tsv")) == [place]


def test_a_broken_table_is_refused_by_line(tmp_path: Path) -> None:
    path = tmp_path / "one.tsv"
    write_table([imported()], path)
    path.write_text(path.read_text("utf-8").replace("village", "hamlet"), "utf-8")
    with pytest.raises(ValueError, match=r"one.tsv: line 2: sy-gn1.*hamlet"):
        list(read_table(path))
    path.write_text("a\tb\n", "utf-8")
    with pytest.raises(ValueError, match="first line must be the columns"):
        list(read_table(path))


def test_the_users_layer_is_used_beside_the_places_that_ship(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    layer = tmp_path / "layer"
    write_layer([imported(name="زقزقيق", id="sy-gn9")], layer)
    monkeypatch.setenv("MAAQIL_PLACES", str(layer))
    assert user_folder() == layer
    default_gazetteer.cache_clear()
    try:
        assert gazetteer.lookup("زقزقيق")[0].place.id == "sy-gn9"
        assert gazetteer.lookup("زقزقيق")[0].place.within == "sy-deir-ez-zor-governorate"
        default_gazetteer.cache_clear()  # now from the cache
        assert gazetteer.lookup("زقزقيق")[0].place.id == "sy-gn9"
        monkeypatch.setenv("MAAQIL_PLACES", str(tmp_path / "nowhere"))
        default_gazetteer.cache_clear()
        with pytest.raises(ValueError, match="MAAQIL_PLACES"):
            default_gazetteer()
    finally:
        monkeypatch.delenv("MAAQIL_PLACES")
        default_gazetteer.cache_clear()


def test_every_shipped_place_stands_where_its_parents_can_hold_it() -> None:
    places = load_gazetteer(DATA / "places", DATA / "regions", DATA / "imported")
    assert len(places) > 4000
    for place in places:
        for parent in places.parents(place):
            assert parent.radius_km > 0
    assert places["sy-mayadin"].name == "الميادين"
    with pytest.raises(KeyError):
        places["sy-narnia"]


def test_names_known_to_be_wrong_are_not_imported() -> None:
    names = {place.name for place in read_table(DATA / "imported" / "region.tsv")}
    assert "الحول" not in names


def test_an_unknown_source_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="the sources are"):
        import_places("atlas", [], tmp_path, print)
