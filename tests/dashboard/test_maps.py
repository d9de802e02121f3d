"""What the layers draw, row by row, and how it reaches the browser."""

import json
import re
from datetime import date
from types import SimpleNamespace

import pytest
from streamlit_folium import generate_js_hash, generate_leaflet_string

from dashboard.maps import Layer, MapView, all_layers, clicked_place, draw_layers, draw_map
from dashboard.maps.colors import FAMILY_SHAPES, STATUS_COLORS, ink
from dashboard.maps.draw import encode, surroundings, to_script
from dashboard.maps.layer import SETTLEMENT, SITE, VAGUE, radius, rank
from dashboard.maps.layers import events, movement, strongholds, uncertainty
from dashboard.maps.words import LANGUAGES, word, words
from dashboard.ontology import load_ontology
from dashboard.store.base import Movement, PlaceCount
from gazetteer.place import Place, PlaceKind

TYPES = load_ontology().event_types
HOSTILE = "</script><img src=x onerror=alert(1)>${alert(1)}`\u2028"


def count(place: str = "sy-mayadin", **fields: object) -> PlaceCount:
    base = {
        "place": place, "kind": "town", "name": "الميادين", "name_en": "Mayadin",
        "lat": 35.018, "lon": 40.453, "radius_km": 4.0, "geo_precision": 1, "events": 3,
        "types": (("air_strike", 2), ("clash", 1)),
    }  # fmt: skip
    return PlaceCount(**{**base, **fields})


def held(status: str, place: str = "sy-mayadin") -> SimpleNamespace:
    where = Place(
        id=place, kind=PlaceKind.TOWN, name="الميادين", name_en="Mayadin",
        lat=35.018, lon=40.453, radius_km=4,
    )  # fmt: skip
    return SimpleNamespace(
        place=where, status=status, first=date(2017, 7, 1), last=date(2017, 10, 14)
    )


def test_the_layers_are_found_by_being_there() -> None:
    assert [layer.id for layer in all_layers()] == [
        "uncertainty",
        "movement",
        "strongholds",
        "events",
    ]
    assert all(isinstance(layer, Layer) for layer in all_layers())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_layer_is_named_in_both_languages(lang: str) -> None:
    assert all(word(layer.label, lang) for layer in all_layers())


def test_every_table_of_words_is_whole_in_both_languages() -> None:
    for table in ("map", "layer", "events", "tip", "family", "status", "movement", "uncertainty"):
        assert words(table, "en").keys() == words(table, "ar").keys()
        assert all("\u0600" <= text[0] <= "\u06ff" for text in words(table, "ar").values())


def test_a_mark_grows_with_the_root_of_its_events() -> None:
    assert radius(1) < radius(10) < radius(100)
    assert radius(1_000_000) == radius(10_000)


def test_events_give_one_mark_a_place_with_counts_by_type() -> None:
    drawing = events.rows(MapView(places=(count(),), types=TYPES), "en")
    (mark,) = drawing.marks
    assert mark.place == "sy-mayadin"
    assert mark.number == 3
    assert mark.tip == "Mayadin"
    assert mark.counts == (
        ("events", 3), (TYPES["air_strike"].label_en, 2), (TYPES["clash"].label_en, 1),
    )  # fmt: skip
    assert drawing.looks[mark.look]["shape"] == FAMILY_SHAPES["violence"]


def test_a_place_known_only_as_a_region_is_pale_and_dashed() -> None:
    view = MapView(places=(count(), count("iq-anbar", geo_precision=3)), types=TYPES)
    drawing = events.rows(view, "en")
    looks = {mark.place: drawing.looks[mark.look] for mark in drawing.marks}
    assert "dash" not in looks["sy-mayadin"]
    assert looks["iq-anbar"]["dash"]
    assert looks["iq-anbar"]["opacity"] < 0.5


@pytest.mark.parametrize(
    ("place", "kind", "precision", "expected"),
    [
        ("iq-mosul", "city", 1, SETTLEMENT),
        ("iq-mosul", "city", 2, SETTLEMENT),
        ("iq-mosul", "city", 3, VAGUE),
        ("iq-mosul-old-city", "neighbourhood", 1, SITE),
        ("sy-sinaa-prison", "prison", 1, SITE),
        ("iq-anbar-governorate", "governorate", 1, VAGUE),
        ("iq-mosul-west", "region", 2, VAGUE),
        ("~west-of-sy-tabqa", "town", 1, VAGUE),
    ],
)
def test_what_stands_for_an_area_ranks_below_sites_and_these_below_towns(
    place: str, kind: str, precision: int, expected: int
) -> None:
    assert rank(place, kind, precision) == expected
    assert VAGUE < SITE < SETTLEMENT
    view = MapView(places=(count(place, kind=kind, geo_precision=precision),), types=TYPES)
    assert encode(events.rows(view, "en"), "en")["marks"][0][8] == expected


def test_a_tooltip_tells_whole_kilometres() -> None:
    wide = count("~7.5km-e-of-sy-homs", name="", name_en="7.5 km E of Homs", radius_km=98.8687)
    (mark,) = events.rows(MapView(places=(wide,), types=TYPES), "en").marks
    assert mark.tip == "8 km E of Homs"
    assert mark.counts[-1] == (word("events.within", "en").format(km=99), None)
    assert not any("." in text for text, _ in mark.counts)
    town = count("sy-x", name_en="Route 4.7", radius_km=4.0)
    (mark,) = events.rows(MapView(places=(town,), types=TYPES), "en").marks
    assert mark.tip == "Route 4.7"
    assert len(mark.counts) == 3


def test_a_desert_is_hatched_and_never_filled() -> None:
    view = MapView(places=(count("sy-badiya", kind="desert", radius_km=110.0),), types=TYPES)
    drawing = events.rows(view, "en")
    (area,) = drawing.areas
    assert area.km == 110
    assert drawing.looks[area.look]["hatch"]
    assert "fill" not in drawing.looks[area.look]
    assert uncertainty.rows(view, "en").areas == ()


def test_every_family_of_the_ontology_has_its_own_shape() -> None:
    families = {kind.family for kind in TYPES.values()}
    assert families == set(FAMILY_SHAPES)
    assert len(set(FAMILY_SHAPES.values())) == len(families)
    assert all(word(f"family.{family}", "ar") for family in families)


def test_a_type_that_is_not_known_here_is_still_drawn() -> None:
    (mark,) = events.rows(MapView(places=(count(types=(("rumour", 3),)),)), "en").marks
    assert mark.counts == (("events", 3), ("rumour", 3))


@pytest.mark.parametrize("status", STATUS_COLORS)
def test_every_status_has_a_look_of_its_own_in_words_too(status: str) -> None:
    drawing = strongholds.rows(MapView(holdings=(held(status),), types=TYPES), "en")
    (mark,) = drawing.marks
    assert mark.counts[0] == (word(f"status.{status}", "en"), None)
    assert [text for _, text in drawing.legend] == [word(f"status.{status}", "en")]
    others = [
        strongholds.status_look(other, filled=True) for other in STATUS_COLORS if other != status
    ]
    assert drawing.looks[mark.look] not in others


def test_a_status_rings_the_events_of_its_place() -> None:
    view = MapView(places=(count(),), holdings=(held("control"),), types=TYPES)
    ring, disc = strongholds.rows(view, "en").marks[0], events.rows(view, "en").marks[0]
    assert ring.radius > disc.radius
    alone = MapView(places=(count(),), holdings=(held("control"),), shown=("strongholds",))
    assert strongholds.rows(alone, "en").marks[0].radius == strongholds.ALONE


def test_an_iso_day_keeps_its_order_in_arabic() -> None:
    (mark,) = strongholds.rows(MapView(holdings=(held("control"),)), "ar").marks
    assert "\u20662017-07-01\u2069" in mark.counts[1][0]


def test_relocations_alone_are_arrows_and_point_as_one_reads() -> None:
    move = Movement(
        origin="iq-mosul", origin_lat=36.34, origin_lon=43.13,
        place="sy-mayadin", lat=35.018, lon=40.453, events=4,
    )  # fmt: skip
    view = MapView(
        places=(count(), count("iq-mosul", name="الموصل", name_en="Mosul")), movements=(move,)
    )
    (arrow,) = movement.rows(view, "en").arrows
    assert arrow.tip == "Mosul → Mayadin"
    assert movement.rows(view, "ar").arrows[0].tip == "الموصل ← الميادين"
    assert arrow.place == "sy-mayadin"
    assert events.rows(view, "en").arrows == strongholds.rows(view, "en").arrows == ()


def test_the_origin_of_a_relocation_is_named_by_the_gazetteer() -> None:
    assert movement.place_name("iq-mosul", {}, "en") == "Mosul"
    assert movement.place_name("~35.0,40.0", {}, "en") == "~35.0,40.0"


def test_a_circle_of_uncertainty_is_drawn_near_and_when_selected() -> None:
    places = (count("a", radius_km=40.0), count("b", radius_km=40.0), count("c", radius_km=4.0))
    drawing = uncertainty.rows(MapView(places=places, selected="b"), "en")
    assert [area.zoom for area in drawing.areas] == [uncertainty.FROM_ZOOM, 0]


def test_text_of_an_article_cannot_leave_its_string() -> None:
    view = MapView(places=(count(name_en=HOSTILE, name=HOSTILE),), types=TYPES)
    text = to_script(encode(events.rows(view, "en"), "en"))
    assert not set("<>`$\u2028") & set(text)
    assert json.loads(text)["marks"][0][5] == HOSTILE


def test_words_that_recur_are_sent_once() -> None:
    places = tuple(count(f"sy-{i}") for i in range(600))
    text = to_script(encode(events.rows(MapView(places=places, types=TYPES), "ar"), "ar"))
    assert text.count(TYPES["air_strike"].label_ar) == 1
    assert len(text.encode()) < 75_000


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_figure_is_the_same_at_every_run(lang: str) -> None:
    def script(figure: object) -> str:
        figure.get_root().render()
        return generate_js_hash(generate_leaflet_string(figure))

    once, twice = draw_map(lang=lang), draw_map(lang=lang)
    assert script(once) == script(twice)
    before = script(once)
    for group in draw_layers(MapView(places=(count(),), types=TYPES), lang):
        group.add_to(once)
    assert script(once) == before, "what changes has become a part of the figure"


def test_the_layers_chosen_are_drawn_and_no_others() -> None:
    view = MapView(places=(count(),), holdings=(held("lost"),), types=TYPES, shown=("strongholds",))
    figure = draw_map()
    (group,) = draw_layers(view)
    group.add_to(figure)
    group.render()
    calls = re.findall(r"maaqil\.(\w+)\(", generate_leaflet_string(group))
    assert calls == ["shapes", "furnish"]


def drawn(*places: PlaceCount) -> list:
    return [(layer, layer.rows(MapView(places=places), "en")) for layer in all_layers()]


def test_the_bounds_hold_all_marks_of_the_region() -> None:
    near = count(), count("b", lat=33.0, lon=44.0)
    assert surroundings(drawn(*near), "en", "")["bounds"] == [[33.0, 40.453], [35.018, 44.0]]
    far = count("c", lat=60.0, lon=90.0)
    assert surroundings(drawn(*near, far), "en", "")["bounds"] == [[33.0, 40.453], [35.018, 44.0]]
    assert surroundings(drawn(far), "en", "")["bounds"] == [[60.0, 90.0], [60.0, 90.0]]
    assert surroundings([], "en", "")["bounds"] is None


def test_new_data_by_the_page_s_own_word_moves_the_map_anew() -> None:
    assert surroundings([], "en", "a")["token"] != surroundings([], "en", "b")["token"]


@pytest.mark.parametrize("returned", [None, {}, {"last_object_clicked_popup": None}])
def test_before_a_click_no_place_is_chosen(returned: dict | None) -> None:
    assert clicked_place(returned) is None


def test_a_click_names_the_place() -> None:
    assert clicked_place({"last_object_clicked_popup": "sy-raqqa"}) == "sy-raqqa"


def test_a_language_that_the_map_does_not_speak_is_refused() -> None:
    with pytest.raises(ValueError, match="'fr' is no language"):
        draw_map(lang="fr")


@pytest.mark.parametrize("address", ["tiles", "ftp://a/{z}/{x}/{y}", "https://a.example/{z}/{x}"])
def test_an_address_that_is_no_tile_server_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match=r"no tile address|lacks"):
        draw_map(online_tiles=address)


def test_online_tiles_are_drawn_only_where_they_are_chosen() -> None:
    address = "https://tiles.example/{z}/{x}/{y}.png"
    assert "tiles.example" in draw_map(online_tiles=address).get_root().render()
    assert "tileLayer" not in draw_map().get_root().render()


def test_numbers_in_marks_can_be_read_on_every_colour() -> None:
    def luminance(color: str) -> float:
        parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    for kind in TYPES.values():
        light, dark = sorted((luminance(kind.color), luminance(ink(kind.color))), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 3, kind.id
    for color in STATUS_COLORS.values():
        assert 1.05 / (luminance(color) + 0.05) >= 4.5, color
