"""The page's address: what is chosen comes back, what is not understood is left out."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from dashboard.store import Filters
from dashboard.ui.state import PANELS, View, read_query, write_query

names = some.lists(some.sampled_from(["capture", "siege", "raid"]), unique=True).map(tuple)
days = some.one_of(some.none(), some.dates(date(2013, 1, 1), date(2025, 12, 31)))
views = some.builds(
    View,
    lang=some.sampled_from(["en", "ar"]),
    filters=some.builds(
        Filters,
        since=days,
        until=days,
        types=names,
        actors=some.just(()) | some.just(("IS", "SDF")),
        sources=some.just(()) | some.just(("وكالة، أولى", "موقع")),
        sides=some.just(()) | some.just(("damascus", "")),
        told_by=some.sampled_from([None, 2, 5]),
        modality=some.just(()) | some.just(("planned", "denied")),
        precision=some.sampled_from([None, 1, 2]),
        confidence=some.sampled_from([None, 0.25, 0.9]),
        text=some.none() | some.text(min_size=1, max_size=20),
    ),
    place=some.none() | some.just("sy-mayadin") | some.just("~sy-mayadin-se-45"),
    panel=some.sampled_from(PANELS),
)


@given(views)
def test_a_view_comes_back_from_its_address(view: View) -> None:
    assert read_query(write_query(view)) == view


def test_an_address_says_its_version() -> None:
    assert write_query(View())["v"] == "1"


@pytest.mark.parametrize(
    "query",
    [
        {"lang": "fr"},
        {"from": "yesterday", "to": "2017-13-40"},
        {"precision": "7", "confidence": "much"},
        {"confidence": "7"},
        {"told_by": "1"},
        {"told_by": "99"},
        {"modality": "rumoured"},
        {"panel": "nonsense", "utm_source": "mail", "v": "99"},
    ],
)
def test_what_is_not_understood_is_left_out(query: dict[str, str]) -> None:
    assert read_query(query) == View()
