"""The page's own map of the sample: what is clicked is what opens, at every scale."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser

TOWNS = ("iq-mosul", "sy-raqqa", "sy-mayadin", "iq-baghdad", "sy-palmyra", "iq-fallujah")
SPOTS = """() => map._maaqilSpots.map(s => {
  const p = map.latLngToContainerPoint(s.main.getLatLng());
  return {place: s.id, x: p.x, y: p.y, r: s.main.getRadius(), rank: s.rank, events: s.events,
          into: s.into && s.into.id, holds: s.holds.map(h => h.id),
          text: s.marks.map(m => m.options.text).find(Boolean)};
})"""


@pytest.fixture(scope="module")
def address(chromium: object, serve: Callable[..., str], sample_store: Path) -> str:  # noqa: ARG001 - skips without it
    return serve(sample_store)


def map_frame(page: Any) -> Any:
    page.wait_for_selector("iframe[title*=folium]")
    frame = page.query_selector("iframe[title*=folium]").content_frame()
    frame.wait_for_function("window.map && map._maaqilNames && map._maaqilSpots?.length")
    page.wait_for_timeout(800)  # the frame is given its height, and the map its own
    return frame


def spots_in(frame: Any) -> dict[str, dict[str, Any]]:
    """Give every place of the map by its id: where it stands, what is folded into it."""
    return {spot["place"]: spot for spot in frame.evaluate(SPOTS)}


def opened(page: Any, place: str) -> None:
    """Wait until the page's address holds the place; say which one it holds where it does not."""
    try:
        page.wait_for_function(
            "place => new URLSearchParams(location.search).get('place') === place",
            arg=place,
            timeout=6_000,
        )
    except Exception:
        pytest.fail(f"clicked {place}, opened {page.url}")


def pointer_on(frame: Any, x: float, y: float) -> list[str]:
    """Give the places under a point of the map, the one that a click opens first."""
    found: list[str] = frame.evaluate(
        """([x, y]) => maaqil.pane(map, 'marks', 0, true)
             ._under(map.containerPointToLayerPoint([x, y])).map(l => l.options.place)""",
        [x, y],
    )
    return found


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_a_click_on_the_centre_of_a_town_opens_that_town(
    address: str, open_page: Callable[..., Any], lang: str
) -> None:
    page = open_page(f"{address}?lang={lang}").page
    frame = map_frame(page)
    present = [town for town in TOWNS if town in spots_in(frame)]
    assert len(present) >= 4
    frame.evaluate("maaqil.FOLD_BELOW = 0; map._maaqilFolds()")  # each mark its own place
    for town in present:
        spot = spots_in(frame)[town]
        frame.click("#map_div", position={"x": spot["x"], "y": spot["y"]})
        opened(page, town)


def test_at_the_centre_of_a_mark_only_one_with_more_events_is_meant_in_its_place(
    address: str, open_page: Callable[..., Any]
) -> None:
    frame = map_frame(open_page(address).page)
    spots = spots_in(frame)
    precise = [s for s in spots.values() if s["rank"] > 0 and not s["into"]]
    assert len(precise) > 40
    for spot in precise:
        meant = spots[pointer_on(frame, spot["x"], spot["y"])[0]]
        if meant is not spot:
            assert meant["rank"] > 0, f"{spot['place']} lies under the region {meant['place']}"
            assert meant["events"] >= spot["events"], (spot, meant)


def test_quarters_are_folded_into_their_town_and_come_out_when_one_looks_closer(
    address: str, open_page: Callable[..., Any]
) -> None:
    frame = map_frame(open_page(address).page)
    spots = spots_in(frame)
    mosul = spots["iq-mosul"]
    assert "iq-mosul-old-city" in mosul["holds"]
    held = sum(spots[place]["events"] for place in mosul["holds"])
    assert mosul["text"] == mosul["events"] + held
    assert "iq-mosul-old-city" not in pointer_on(frame, mosul["x"], mosul["y"])
    frame.hover("#map_div", position={"x": mosul["x"], "y": mosul["y"]})
    frame.wait_for_selector(".maaqil-tip strong")
    tip = frame.inner_text(".maaqil-tip")
    assert tip.startswith("Mosul\n")
    assert f"events: {mosul['text']}\n" in tip
    old_city = spots["iq-mosul-old-city"]["events"]
    parts = tip.split("of which: ")[1]
    assert parts.startswith(f"Mosul ({mosul['events']}), ")
    assert f"Old City of Mosul ({old_city})" in parts
    bank = spots["iq-mosul-west"]["events"]
    assert f"Mosul, right bank ({bank})" in tip.split("also here:")[1]
    frame.evaluate("void map.setView([36.34, 43.13], 10, {animate: false})")
    near = spots_in(frame)
    assert near["iq-mosul"]["holds"] == []
    assert near["iq-mosul"]["text"] == mosul["events"]
    assert near["iq-mosul-old-city"]["into"] is None
    frame.evaluate("void map.setZoom(6, {animate: false})")
    assert spots_in(frame)["iq-mosul"]["text"] == mosul["text"]


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_a_click_on_a_mark_of_several_places_parts_them_and_then_the_panel_tells_its_number(
    address: str, open_page: Callable[..., Any], lang: str
) -> None:
    page = open_page(f"{address}?lang={lang}").page
    frame = map_frame(page)
    mosul = spots_in(frame)["iq-mosul"]
    assert mosul["holds"]
    frame.click("#map_div", position={"x": mosul["x"], "y": mosul["y"]})
    frame.wait_for_function("map.getZoom() >= maaqil.FOLD_BELOW")
    page.wait_for_timeout(1000)  # the map moves in its own time
    assert "place=" not in page.url
    assert f": {mosul['text']}" not in "".join(frame.locator(".maaqil-tip").all_inner_texts())
    near = spots_in(frame)["iq-mosul"]
    assert near["holds"] == []
    assert (near["text"] or 1) == near["events"] == mosul["events"]
    frame.click("#map_div", position={"x": near["x"], "y": near["y"]})
    opened(page, "iq-mosul")
    said = page.wait_for_selector(".maaqil-place p:nth-of-type(2)").inner_text()
    assert re.search(r"\d+", said)[0] == str(near["events"])
    frame.evaluate("void map.setZoom(6, {animate: false})")
    page.wait_for_timeout(1500)
    chosen = spots_in(frame)["iq-mosul"]
    assert chosen["holds"] == []
    assert chosen["text"] == near["events"], "the mark chosen tells another number than the panel"


def test_a_place_that_is_chosen_is_never_folded(
    address: str, open_page: Callable[..., Any]
) -> None:
    frame = map_frame(open_page(f"{address}?place=iq-mosul-old-city").page)
    spots = spots_in(frame)
    assert spots["iq-mosul-old-city"]["into"] is None
    assert "iq-mosul-old-city" not in spots["iq-mosul"]["holds"]


def test_regions_are_drawn_below_towns_and_sites(
    address: str, open_page: Callable[..., Any]
) -> None:
    frame = map_frame(open_page(address).page)
    drawn = frame.evaluate(
        """() => {
          const ranks = [];
          const first = maaqil.pane(map, 'marks', 0, true)._drawFirst;
          for (let order = first; order; order = order.next)
            if (order.layer.options.spot) ranks.push(order.layer.options.spot.rank > 0);
          return ranks;
        }"""
    )
    assert any(drawn)
    assert not all(drawn)
    assert drawn == sorted(drawn)


def test_the_list_of_places_is_one_stop_of_the_tab_key(
    address: str, open_page: Callable[..., Any]
) -> None:
    page = open_page(address).page
    frame = map_frame(page)
    names = frame.locator(".maaqil-list button")
    assert names.count() == len(spots_in(frame))
    assert frame.locator(".maaqil-list button[tabindex='0']").count() == 1
    frame.focus("#map_div .maaqil-list button[tabindex='0']")
    active = "document.activeElement.dataset.place || ''"
    first = frame.evaluate(active)
    page.keyboard.press("End")
    assert frame.evaluate(active) == names.last.get_attribute("data-place")
    page.keyboard.press("ArrowDown")
    assert frame.evaluate(active) == first
    page.keyboard.press("ArrowDown")
    second = frame.evaluate(active)
    assert second not in ("", first)
    page.keyboard.press("Tab")
    assert frame.evaluate(active) == "", "the list holds more than one stop"
    page.keyboard.press("Shift+Tab")
    assert frame.evaluate(active) == second
    page.keyboard.press("Enter")
    opened(page, second)
    page.wait_for_timeout(1500)
    assert frame.evaluate(active) == second, "the choice threw the reader out of the list"


@pytest.mark.parametrize("width", [1440, 420])
def test_the_legend_is_closed_at_first_and_hides_no_land(
    address: str, open_page: Callable[..., Any], width: int
) -> None:
    frame = map_frame(open_page(address, width=width).page)
    assert frame.evaluate("document.querySelector('.maaqil-legend').open") is False
    box = frame.locator(".maaqil-legend").bounding_box()
    assert box["width"] * box["height"] < 100 * 40


def test_names_keep_clear_of_the_scale(address: str, open_page: Callable[..., Any]) -> None:
    frame = map_frame(open_page(address).page)
    hidden = frame.evaluate(
        """() => {
          const boxes = maaqil.corners(map), written = [];
          const brush = CanvasRenderingContext2D.prototype, fill = brush.fillText;
          brush.fillText = function (text, x, y) {
            if (this.canvas.className === 'maaqil-names')
              written.push([text, x, y, this.measureText(text).width]);
            return fill.apply(this, arguments);
          };
          map._maaqilNames._draw();
          brush.fillText = fill;
          if (!written.length || boxes.length < 3) throw new Error('nothing to compare');
          return written.filter(([, x, y, w]) =>
            boxes.some(b => x < b[2] && x + w > b[0] && y - 6 < b[3] && y + 6 > b[1]));
        }"""
    )
    assert hidden == []


@pytest.mark.parametrize("width", [1440, 420])
def test_a_tooltip_lies_whole_within_the_map(
    address: str, open_page: Callable[..., Any], width: int
) -> None:
    frame = map_frame(open_page(address, width=width).page)
    outside = frame.evaluate(
        """() => map._maaqilSpots.filter(spot => {
          const size = map.getSize(), p = map.latLngToContainerPoint(spot.main.getLatLng());
          if (p.x < 0 || p.y < 0 || p.x > size.x || p.y > size.y || spot.into) return false;
          maaqil.tip(map, spot.main, []);
          const tip = map._maaqilTip.getElement().getBoundingClientRect();
          const box = map.getContainer().getBoundingClientRect();
          return tip.left < box.left || tip.right > box.right
            || tip.top < box.top || tip.bottom > box.bottom;
        }).map(spot => spot.id)"""
    )
    assert outside == []
