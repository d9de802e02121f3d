"""The map in a real browser: offline, clickable, steady, and deaf to hostile text."""

import statistics
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser
PAGE = Path(__file__).with_name("map_page.py")


@pytest.fixture(scope="module")
def address(serve) -> str:
    return serve("unused.db", script=PAGE)


def map_frame(page):
    page.wait_for_selector("iframe[title*=folium]")
    frame = page.query_selector("iframe[title*=folium]").content_frame()
    frame.wait_for_function("window.map && map._maaqilNames && map._maaqilMarks")
    return frame


def chosen(page) -> str:
    return page.inner_text("#chosen")


def wait_for_chosen(page, text: str) -> None:
    page.wait_for_function(f"document.querySelector('#chosen').innerText.includes({text!r})")


def point_of(frame, place: str) -> dict[str, float]:
    """Give where a place's mark stands in its frame, in pixels."""
    return frame.evaluate(
        """place => {
          const mark = map._maaqilMarks.find(m => m.options.place === place);
          const p = map.latLngToContainerPoint(mark.getLatLng());
          return {x: p.x, y: p.y};
        }""",
        place,
    )


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("width", [1440, 420])
def test_the_map_is_drawn_with_the_network_unplugged(address, open_page, lang, width) -> None:
    watched = open_page(f"{address}?lang={lang}", width=width)
    frame = map_frame(watched.page)
    frame.wait_for_function(
        """() => ['base', 'marks', 'names', 'areas'].every(name => {
          const canvas = map.getPane(name)?.querySelector('canvas');
          if (!canvas) return false;
          const data = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
          return data.some((value, i) => i % 4 === 3 && value > 0);
        })""",
        timeout=10_000,
    )
    assert watched.problems() == []


def test_a_click_on_a_mark_tells_the_page_which_place(address, open_page) -> None:
    page = open_page(address).page
    frame = map_frame(page)
    assert "chosen: None" in chosen(page)
    for place in ("iq-mosul", "sy-hajin", "sy-badiya"):  # a large mark, a small one, a region
        frame.click("#map_div", position=point_of(frame, place))
        wait_for_chosen(page, f"chosen: {place} ")


def test_new_rows_change_the_marks_and_nothing_else(address, open_page) -> None:
    page = open_page(address).page
    frame = map_frame(page)
    frame.evaluate("window.marked = map; map.setView([35, 41], 8, {animate: false})")
    before = frame.evaluate("map._maaqilMarks.length")
    page.focus("[data-testid=stSlider] input")
    for _ in range(9):
        page.keyboard.press("ArrowLeft")
    wait_for_chosen(page, "month 3")
    frame.wait_for_function(f"map._maaqilMarks.length !== {before}")
    assert frame.evaluate("window.marked === map"), "the map was built anew"
    assert frame.evaluate("map.getZoom()") == 8, "the reader's view was lost"
    assert frame.evaluate("document.querySelectorAll('.maaqil-legend').length") == 1
    layers = frame.evaluate(
        "Object.values(map._layers).filter(l => l instanceof maaqil.Mark).length"
    )
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    page.wait_for_timeout(1500)
    again = frame.evaluate(
        "Object.values(map._layers).filter(l => l instanceof maaqil.Mark).length"
    )
    assert again == layers, "marks of earlier rows were left on the map"


def test_text_from_an_article_stays_text(address, open_page) -> None:
    page = open_page(f"{address}?hostile=1").page
    frame = map_frame(page)
    frame.hover("#map_div", position=point_of(frame, "iq-mosul"))
    frame.wait_for_selector(".maaqil-tip strong")
    assert frame.inner_text(".maaqil-tip strong").startswith("<img src=x onerror=")
    frame.click("#map_div", position=point_of(frame, "iq-mosul"))
    wait_for_chosen(page, "chosen: iq-mosul")
    assert page.evaluate("window.HACKED") is None
    assert frame.evaluate("document.querySelectorAll('.maaqil-map img[src=x]').length") == 0


def test_the_browser_itself_refuses_a_request_elsewhere(serve, chromium) -> None:
    address = serve("unused.db", script=PAGE)
    context = chromium.new_context()
    page = context.new_page()
    answer = page.goto(address)
    refused = page.evaluate(
        """async () => {
          const seen = [];
          document.addEventListener('securitypolicyviolation', e => seen.push(e.violatedDirective));
          await fetch('https://example.org/').catch(() => null);
          const image = new Image();
          image.src = 'https://example.org/x.png';
          await new Promise(done => { image.onerror = done; image.onload = done; });
          return seen.sort();
        }"""
    )
    context.close()
    assert refused == ["connect-src", "img-src"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"


def test_the_map_works_under_a_base_path(serve, open_page) -> None:
    address = serve("unused.db", script=PAGE, base_path="desk/maaqil")
    watched = open_page(f"{address}?lang=ar")
    map_frame(watched.page)
    assert watched.problems() == []


def test_the_keyboard_reaches_marks_and_legend(address, open_page) -> None:
    page = open_page(address).page
    frame = map_frame(page)
    frame.focus("#map_div .maaqil-list button")
    assert "Mosul" in frame.inner_text(".maaqil-tip strong")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    wait_for_chosen(page, "chosen: sy-raqqa ")
    frame.focus(".maaqil-legend summary")
    page.keyboard.press("Enter")
    assert frame.evaluate("document.querySelector('.maaqil-legend').open") is True


def test_the_arabic_font_comes_from_this_machine(address, open_page) -> None:
    page = open_page(f"{address}?lang=ar").page
    frame = map_frame(page)
    frame.wait_for_function(
        "[...document.fonts].some(f => f.family.includes('Maaqil') && f.status === 'loaded')"
    )
    page.evaluate("document.body.appendChild(document.createElement('p')).textContent = 'معاقل'")
    page.wait_for_function(
        "[...document.fonts].some(f => f.family.includes('Arabic') && f.status === 'loaded')"
    )


def test_six_hundred_places_are_redrawn_within_a_second_and_a_half(address, open_page) -> None:
    page = open_page(f"{address}?many=600").page
    frame = map_frame(page)
    page.focus("[data-testid=stSlider] input")
    took = []
    for month in (11, 10, 9):
        frame.evaluate("() => { window.before = map._maaqilMarks; }")
        start = time.monotonic()
        page.keyboard.press("ArrowLeft")
        frame.wait_for_function("map._maaqilMarks !== window.before")
        took.append(time.monotonic() - start)
        wait_for_chosen(page, f"month {month}")
    print(f"redraw: {statistics.median(took):.2f} s")
    assert statistics.median(took) < 1.5, took
