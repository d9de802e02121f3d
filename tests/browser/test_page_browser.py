"""The page in Chromium, as a reader uses it: no request leaves this machine, no error is logged."""

import csv
import io
import math
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser

COUNTED = ".maaqil-says b"


@pytest.fixture(scope="module")
def address(chromium: object, serve: Callable[..., str], sample_store: Path) -> str:  # noqa: ARG001 - skips without it
    return serve(sample_store)


def settled(page: Any) -> None:
    """Wait until the script has begun anew after an action, and run through."""
    page.wait_for_timeout(300)
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")


def counted(page: Any) -> int:
    return int(re.sub(r"\D", "", page.inner_text(COUNTED)))


def map_frame(page: Any) -> Any:
    page.wait_for_selector("iframe[title*=folium]")
    frame = page.query_selector("iframe[title*=folium]").content_frame()
    frame.wait_for_function("window.map && map._maaqilNames && map._maaqilMarks")
    return frame


def marks_on(page: Any) -> list[dict[str, Any]]:
    """Give place and pixels in the map's frame of every mark within it, the largest first."""
    marks: list[dict[str, Any]] = map_frame(page).evaluate(
        """() => map._maaqilMarks.map(m => ({place: m.options.place,
             x: map.latLngToContainerPoint(m.getLatLng()).x,
             y: map.latLngToContainerPoint(m.getLatLng()).y}))"""
    )
    return marks


def loneliest(marks: list[dict[str, Any]]) -> dict[str, Any]:
    """Give the mark that lies farthest from any other: none covers it."""

    def gap(mark: dict[str, Any]) -> float:
        others = [m for m in marks if m is not mark]
        return min(math.hypot(m["x"] - mark["x"], m["y"] - mark["y"]) for m in others)

    return max(marks, key=gap)


def test_the_date_filter_changes_the_map(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(address).page
    before, marks = counted(page), len(marks_on(page))
    page.get_by_text("Battle of Raqqa", exact=True).click()
    page.wait_for_function(f"document.querySelector('{COUNTED}').innerText != '{before}'")
    settled(page)
    assert 0 < counted(page) < before
    page.wait_for_timeout(1500)
    assert 0 < len(marks_on(page)) < marks
    assert "from=2017-06-06" in page.url


def test_the_slider_moves_by_keyboard(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(address).page
    before = page.url
    page.get_by_role("slider").first.focus()
    for _ in range(3):
        page.keyboard.press("PageUp")
    page.keyboard.press("ArrowRight")
    page.wait_for_function(f"location.href != '{before}'")
    assert "from=" in page.url


def test_a_brush_over_the_histogram_sets_the_span(
    address: str, open_page: Callable[..., Any]
) -> None:
    page = open_page(address, height=1200).page
    settled(page)
    page.wait_for_timeout(3000)  # the chart draws in its own time
    box = page.locator("[data-testid=stVegaLiteChart]").first.bounding_box()
    height = box["y"] + box["height"] * 0.5
    page.mouse.move(box["x"] + box["width"] * 0.3, height)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.45, height, steps=8)
    page.mouse.up()
    page.wait_for_function("location.search.includes('from=') && location.search.includes('to=')")
    since = re.search(r"from=(\d{4})-(\d\d)-(\d\d)", page.url)
    until = re.search(r"to=(\d{4})-(\d\d)-(\d\d)", page.url)
    assert since
    assert until
    assert since[3] == "01"
    assert "2014" <= since[1] <= "2018"
    assert since[0][5:] < until[0][3:]


def test_the_histogram_draws_its_bars(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(address, height=1200).page
    settled(page)
    page.wait_for_timeout(3000)  # the chart draws in its own time
    bars = page.locator("[data-testid=stVegaLiteChart] [aria-roledescription=bar]")
    widths = [bar.bounding_box()["width"] for bar in bars.all()]
    assert len([width for width in widths if width >= 1]) > 20


def test_back_returns_to_what_was_shown(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(address + "?v=1&lang=en").page
    settled(page)
    before = counted(page)
    page.get_by_text("Battle of Raqqa", exact=True).click()
    page.wait_for_function("location.search.includes('from=2017-06-06')")
    settled(page)
    page.go_back()
    page.wait_for_function(f"document.querySelector('{COUNTED}').innerText == '{before}'")
    settled(page)
    assert "from=" not in page.url


def test_a_click_on_a_mark_leads_to_its_sentence_and_its_reasons(
    address: str, open_page: Callable[..., Any]
) -> None:
    page = open_page(address + "?from=2017-10-01&to=2017-11-30").page
    page.wait_for_timeout(1500)
    mark = loneliest(marks_on(page))
    map_frame(page).click("#map_div", position={"x": mark["x"], "y": mark["y"]})
    page.wait_for_selector(".maaqil-place")
    settled(page)
    assert f"place={mark['place']}" in page.url.replace("%7E", "~")
    quote = page.locator("article.evidence blockquote").first
    assert re.search("[\u0600-\u06ff]", quote.inner_text())
    assert quote.evaluate("element => getComputedStyle(element).direction") == "rtl"
    assert quote.locator("mark.trigger").count() >= 1
    page.locator("article.evidence details summary").first.click()
    assert page.locator("article.evidence details li").first.is_visible()


def test_arabic_turns_the_page(address: str, open_page: Callable[..., Any]) -> None:
    page = open_page(address).page
    page.get_by_role("radio", name="العربية").or_(
        page.get_by_text("العربية", exact=True)
    ).first.click()
    page.wait_for_function("document.documentElement.dir == 'rtl'")
    settled(page)
    assert "lang=ar" in page.url
    assert "الأدلة" in page.inner_text("[data-testid=stMain]")


def test_a_permalink_opens_the_same_view_in_a_new_window(
    address: str, open_page: Callable[..., Any]
) -> None:
    first = open_page(address + "?types=capture&from=2017-01-01").page
    first.get_by_text("Battle of Raqqa", exact=True).click()
    first.wait_for_function("location.search.includes('to=2017-10-20')")
    settled(first)
    second = open_page(first.url).page
    settled(second)
    assert second.url == first.url
    assert counted(second) == counted(first)
    assert second.inner_text(".maaqil-says") == first.inner_text(".maaqil-says")


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("width", [1440, 420])
def test_nothing_runs_over_the_edge(
    address: str, open_page: Callable[..., Any], lang: str, width: int
) -> None:
    page = open_page(f"{address}?lang={lang}&to=2017-12-31", width=width).page
    page.wait_for_timeout(1000)
    main = "document.querySelector('[data-testid=stMain]')"
    assert page.evaluate(f"{main}.scrollWidth <= {main}.clientWidth")
    assert page.locator("iframe[title*=folium]").bounding_box()["width"] > 0.5 * min(width, 700)


def test_an_article_with_markup_in_it_runs_nothing(
    chromium: object,  # noqa: ARG001 - skips without it
    serve: Callable[..., str],
    open_page: Callable[..., Any],
    tmp_path: Path,
) -> None:
    from dashboard.extraction import extract_events, read_articles
    from dashboard.store import open_store

    evil = "<img src=x onerror=window.top.HACKED=1>${window.top.HACKED=1}`</script>"
    (tmp_path / "a.txt").write_text(
        f"{evil} عنوان\nسيطر الجيش السوري يوم 3 تشرين الثاني 2017 على مدينة الميادين {evil}.\n",
        encoding="utf-8",
    )
    store = open_store(str(tmp_path / "evil.db"))
    for article in read_articles(tmp_path / "a.txt"):
        store.save(article, extract_events(article))
    page = open_page(serve(tmp_path / "evil.db")).page
    settled(page)
    assert evil in page.inner_text("article.evidence blockquote")
    assert page.evaluate("window.HACKED") is None


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_a_click_takes_the_table_of_what_is_shown_away(
    address: str, open_page: Callable[..., Any], lang: str
) -> None:
    page = open_page(f"{address}?lang={lang}&types=capture&from=2017-01-01").page
    shown = counted(page)
    page.locator(".st-key-download button").first.click()
    with page.expect_download() as waiting:
        page.locator(".st-key-download_csv button").click()
    table = Path(waiting.value.path()).read_text(encoding="utf-8-sig")
    assert waiting.value.suggested_filename.startswith("maaqil_2017-01-01_")
    rows = list(csv.DictReader(io.StringIO(table)))
    assert len(rows) == shown > 5
    assert {"en": "types: Capture", "ar": "الأنواع"}[lang] in rows[0]["query"]
