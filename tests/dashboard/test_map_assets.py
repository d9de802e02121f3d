"""A drawn map asks nothing of the network, and every file that it links is here."""

import re
from pathlib import Path

import folium
import pytest
from folium.elements import JSCSSMixin

from dashboard.maps import MapView, assets, draw_layers, draw_map

OUTSIDE = re.compile(r"(?:https?:)?//[a-z0-9.-]+\.[a-z]{2,}", re.IGNORECASE)


def links(element: object) -> list[str]:
    found = []
    if isinstance(element, JSCSSMixin):
        found += [address for _, address in (*element.default_js, *element.default_css)]
    for child in element._children.values():
        found += links(child)
    return found


@pytest.fixture(params=["en", "ar"])
def drawn(request: pytest.FixtureRequest) -> folium.Map:
    figure = draw_map(lang=request.param)
    for group in draw_layers(MapView(), request.param):
        group.add_to(figure)
    return figure


def test_every_link_of_a_drawn_map_is_a_file_of_ours(drawn: folium.Map) -> None:
    found = links(drawn)
    assert len(found) == len(assets.SCRIPTS) + len(assets.STYLES)
    assert all(assets.asset_file(address).stat().st_size for address in found)


def test_a_drawn_map_names_no_outside_address(drawn: folium.Map) -> None:
    assert OUTSIDE.findall(drawn.get_root().render()) == []


def test_our_own_scripts_and_styles_name_no_outside_address() -> None:
    for path in (assets.HERE / "static").iterdir():
        assert OUTSIDE.findall(path.read_text(encoding="utf-8")) == [], path.name


def test_what_the_styles_link_is_here() -> None:
    for address in assets.STYLES:
        file = assets.asset_file(f"{assets.BASE}/{address}")
        for link in re.findall(r"url\(([^)#]+)\)", file.read_text(encoding="utf-8")):
            folder, _, name = address.rpartition("/")
            where = f"{assets.BASE}/{folder}/{link}".replace("/static/../", "/")
            assert assets.asset_file(where).is_file(), (name, link)


def test_leaflet_is_the_version_that_folium_asks_for() -> None:
    (asked,) = (address for name, address in folium.Map.default_js if name == "leaflet")
    version = re.search(r"leaflet@([\d.]+)", asked).group(1)
    text = assets.asset_file(f"{assets.BASE}/leaflet/leaflet.js").read_text(encoding="utf-8")
    assert f"Leaflet {version}" in text[:200]


def test_an_unknown_file_is_refused() -> None:
    with pytest.raises(ValueError, match=r"no such file"):
        assets.asset_file(f"{assets.BASE}/static/nothing.js")
    with pytest.raises(ValueError, match=r"no such file"):
        assets.asset_file("https://example.org/leaflet.js")


def test_the_fonts_come_with_their_licence() -> None:
    fonts = assets.HERE / "fonts"
    assert "SIL Open Font License" in (fonts / "noto-sans-arabic.OFL.txt").read_text()
    assert sum(path.stat().st_size for path in Path(fonts).glob("*.woff2")) < 200_000
