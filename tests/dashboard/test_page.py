"""The page as a script: what is chosen changes what is shown, and stands in the address."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard.ui.state import PANELS

PAGE = Path(__file__).parents[2] / "dashboard/app.py"


@pytest.fixture
def page(sample_store: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    monkeypatch.setenv("MAAQIL_STORE", str(sample_store))

    def open_page(**query: str) -> AppTest:
        at = AppTest.from_file(str(PAGE), default_timeout=60)
        for key, value in query.items():
            at.query_params[key] = value
        at.run()
        assert not at.exception
        return at

    yield open_page
    st.cache_data.clear()
    st.cache_resource.clear()


def text_of(at: AppTest) -> str:
    return "\n".join(block.proto.body for block in at.get("html"))


def counted(at: AppTest) -> int:
    says = next(b.proto.body for b in at.get("html") if "maaqil-says" in b.proto.body)
    return int(says.split("<bdi>")[1].split("</bdi>")[0].replace(",", ""))


def test_the_page_opens_on_all_events_with_their_sentences(page: Any) -> None:
    at = page()
    assert counted(at) > 0
    assert "<blockquote lang='ar' dir='rtl'>" in text_of(at)
    assert "<mark class='trigger'>" in text_of(at)


def test_a_narrower_span_shows_fewer_events_and_stands_in_the_address(page: Any) -> None:
    at = page()
    before = counted(at)
    at.slider(key="span").set_value((date(2017, 6, 1), date(2017, 12, 31))).run()
    assert not at.exception
    assert 0 < counted(at) < before
    assert at.query_params["from"] == "2017-06-01"
    assert at.query_params["to"] == "2017-12-31"


def test_a_chapter_sets_the_span(page: Any) -> None:
    at = page()
    at.button_group(key="chapter").set_value("raqqa").run()
    assert not at.exception
    assert at.session_state["span"] == (date(2017, 6, 6), date(2017, 10, 20))


def test_a_month_on_moves_both_ends(page: Any) -> None:
    at = page(**{"from": "2017-06-01", "to": "2017-06-30"})
    at.button(key="month_on").click().run()
    assert at.session_state["span"] == (date(2017, 7, 1), date(2017, 7, 30))


def test_the_type_filter_leaves_only_its_type(page: Any) -> None:
    at = page(types="capture")
    every = page()
    assert 0 < counted(at) < counted(every)
    assert at.query_params["types"] == "capture"
    assert "<span class='type'>Capture" in text_of(at)
    assert text_of(at).count("<span class='type'>") == text_of(at).count(
        "<span class='type'>Capture"
    )


def test_arabic_turns_the_document_and_its_words(page: Any) -> None:
    at = page(lang="ar")
    assert "document.documentElement.dir='rtl'" in text_of(at)
    assert "من" in text_of(at)
    assert at.button_group(key="panel").options[0] == "الأدلة"


def test_a_place_chosen_shows_only_its_evidence_and_where_it_lies(page: Any) -> None:
    at = page()
    options = at.selectbox(key="place").options
    at.selectbox(key="place").select(at.selectbox(key="place").options[0]).run()
    assert not at.exception
    assert options
    assert "maaqil-place" in text_of(at)
    assert at.query_params["place"]


@pytest.mark.parametrize("panel", PANELS)
@pytest.mark.parametrize("lang", ["en", "ar"])
def test_every_panel_opens_in_both_languages(page: Any, panel: str, lang: str) -> None:
    at = page(panel=panel, lang=lang)
    assert not at.exception


def test_an_address_with_unknown_parts_still_opens(page: Any) -> None:
    at = page(types="capture,nonsense", place="nowhere", actors="X", **{"from": "soon", "v": "99"})
    assert at.session_state["types"] == ["capture"]


def test_a_store_with_nothing_in_it_says_how_to_fill_it(
    page: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAAQIL_STORE", str(tmp_path / "new.db"))
    at = page()
    assert "maaqil extract" in at.info[0].value


def test_a_store_of_undated_articles_opens_on_its_tray(
    page: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dashboard.extraction import extract_events
    from dashboard.model import Article
    from dashboard.store import open_store

    article = Article(id="a", text="سيطرت القوات العراقية على مدينة تلعفر بعد معارك مع تنظيم داعش.")
    store = open_store(str(tmp_path / "undated.db"))
    store.save(article, extract_events(article))
    assert store.first_and_last_day() is None
    monkeypatch.setenv("MAAQIL_STORE", str(tmp_path / "undated.db"))
    at = page(lang="ar")
    assert "تلعفر" in text_of(at)
    assert "document.documentElement.dir='rtl'" in text_of(at)


def test_a_place_that_there_is_not_is_let_go(page: Any) -> None:
    at = page(place="nowhere")
    assert at.session_state["place"] is None
    assert "place" not in at.query_params


def test_a_span_given_backwards_is_turned_around(page: Any) -> None:
    at = page(**{"from": "2017-12-31", "to": "2017-06-01"})
    assert at.session_state["span"] == (date(2017, 6, 1), date(2017, 12, 31))


def test_an_address_that_the_reader_goes_back_to_is_read_again(page: Any) -> None:
    at = page(types="capture")
    at.query_params["types"] = "siege"  # what the browser's Back does
    at.run()
    assert at.session_state["types"] == ["siege"]
