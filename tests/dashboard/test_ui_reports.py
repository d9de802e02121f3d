"""Events that several articles report, as the reader sees them."""

from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.store import open_store
from tests.dashboard.store_samples import make_article, make_event, parents

APP = Path(__file__).parents[2] / "dashboard/app.py"
TOLLS = {"a": ("سانا", 12), "b": ("رويترز", 30), "c": ("أ ف ب", None), "d": ("رويترز", 30)}


@pytest.fixture
def where(tmp_path: Path) -> str:
    path = str(tmp_path / "events.db")
    store = open_store(path, parents=parents)
    for name, (source, toll) in TOLLS.items():
        article = make_article(name, source=source, published=date(2017, 10, 18))
        store.save(article, [make_event(f"{name}-0", name, fatalities=toll)])
    store.save(make_article("e"), [make_event("e-0", "e", type="siege")])
    store.close()
    return path


def shown(where: str, monkeypatch: pytest.MonkeyPatch, **query: str) -> str:
    monkeypatch.setenv("MAAQIL_STORE", where)
    app = AppTest.from_file(str(APP), default_timeout=60)
    for key, value in query.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception
    return "".join(str(block.proto.body) for block in app.get("html"))


def test_a_card_leads_to_every_other_report_of_its_event(
    where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = shown(where, monkeypatch, lang="en")
    assert page.count("<details class='reports'>") == 4  # the siege is told once
    assert "Told by 3 sources, in 4 reports" in page
    assert "12 to 30 killed, by report" in page
    assert "speaking for: Assad government, no side of the war" in page
    first = page.split("<details class='reports'>")[1].split("</details>")[0]
    assert first.count("<blockquote") == 3


def test_the_reports_are_told_in_arabic_with_its_numbers(
    where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = shown(where, monkeypatch, lang="ar")
    assert "رواه 3 مصادر، في 4 أخبار" in page
    assert "القتلى بين 12 و30 بحسب الخبر" in page
    assert "تتحدث باسم: حكومة الأسد، لا طرف في الحرب" in page


def test_the_address_chooses_by_sources_and_by_their_side(
    where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert shown(where, monkeypatch, told_by="2").count("<article class='evidence'") == 4
    assert shown(where, monkeypatch, told_by="4").count("<article class='evidence'") == 0
    assert shown(where, monkeypatch, sides="damascus").count("<article class='evidence'") == 1
    assert shown(where, monkeypatch, sides="none").count("<article class='evidence'") == 4
