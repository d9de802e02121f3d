"""The picture card: what it tells, and that its words, Arabic ones too, lie whole within it."""

import struct
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from matplotlib.figure import Figure

from dashboard.cli import main
from dashboard.exports.card import Card, card_word, read_card
from dashboard.exports.card_drawing import SHAPES, draw_card, frame_of
from dashboard.store import Filters, open_store

YEAR = Filters(since=date(2017, 3, 1), until=date(2017, 10, 31))
MANY = Filters(types=("capture", "siege", "clash", "air_strike", "relocation", "offensive"))


def told(store: Path, filters: Filters, lang: str) -> Card:
    events = open_store(str(store))
    card = read_card(events, filters, lang, link="http://127.0.0.1:8501/?v=1")
    events.close()
    return card


def size(png: bytes) -> tuple[int, ...]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    return struct.unpack(">II", png[16:24])


def test_a_card_tells_days_query_numbers_and_how_precise_they_are(sample_store: Path) -> None:
    card = told(sample_store, YEAR, "ar")
    store = open_store(str(sample_store))
    assert card.events == store.totals(YEAR).events
    assert card.shown == store.page_size(YEAR) == sum(place.events for place in card.places)
    store.close()
    assert card.days == "من 1 آذار 2017 إلى 31 تشرين الأول 2017"
    assert card.query == ""
    assert sum(card.precision) == card.shown
    assert card.on == date(2017, 10, 31)
    assert card.statuses
    assert told(sample_store, MANY, "en").query.startswith("types: Capture, Siege")


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("filters", [YEAR, MANY, Filters(until=date(1999, 1, 1))])
def test_every_word_of_a_card_lies_within_the_picture_and_has_its_letters(
    sample_store: Path,
    monkeypatch: pytest.MonkeyPatch,
    recwarn: pytest.WarningsRecorder,
    lang: str,
    shape: str,
    filters: Filters,
) -> None:
    figures: list[Figure] = []
    save = Figure.savefig
    monkeypatch.setattr(
        Figure,
        "savefig",
        lambda self, *args, **more: figures.append(self) or save(self, *args, **more),
    )
    png = draw_card(told(sample_store, filters, lang), shape)
    width, height, dots = SHAPES[shape]
    assert size(png) == (int(width * dots), int(height * dots))
    (figure,) = figures
    texts = [*figure.texts, *(text for axes in figure.axes for text in axes.texts)]
    shown = {text.get_text() for text in texts}
    assert {card_word(name, lang) for name in ("title", "caution", "credit", "precision")} <= shown
    assert "http://127.0.0.1:8501/?v=1" in shown
    whole = figure.bbox
    for text in texts:
        if text.get_text():
            box = text.get_window_extent()
            assert whole.x0 <= box.x0, text
            assert box.x1 <= whole.x1, text
            assert whole.y0 <= box.y0, text
            assert box.y1 <= whole.y1, text
    assert not [one for one in recwarn if "missing from font" in str(one.message)]


def test_the_frame_holds_every_mark_near_and_keeps_its_shape(sample_store: Path) -> None:
    card = told(sample_store, YEAR, "en")
    west, south, east, north = frame_of(card, 1.5)
    marked = [*card.places, *(held.place for held in card.statuses)]
    assert len(marked) > len(card.places) > 0
    assert all(west < place.lon < east and south < place.lat < north for place in marked)
    assert (east - west) * 0.82 / (north - south) == pytest.approx(1.5, rel=0.05)


def test_the_command_writes_a_picture(sample_store: Path, tmp_path: Path) -> None:
    path = tmp_path / "card.png"
    words = ["card", "--store", str(sample_store), "--since", "2017-01-01", "--language", "ar"]
    result = CliRunner().invoke(main, [*words, "--shape", "a4", "--type", "capture", str(path)])
    assert result.exit_code == 0, result.output
    assert size(path.read_bytes()) == (2338, 1654)


def test_what_no_card_can_be_is_refused(sample_store: Path) -> None:
    with pytest.raises(ValueError, match="en or ar"):
        told(sample_store, YEAR, "fr")
    with pytest.raises(ValueError, match="16:9"):
        draw_card(told(sample_store, YEAR, "en"), "a3")
