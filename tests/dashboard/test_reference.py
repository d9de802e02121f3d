"""What stands for a place or force named before, and who acts on whom, are read right.

Cases: `tests/cases/reference.toml` and `roles.toml`, passages of our own.
"""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from dashboard.extraction import extract_events
from dashboard.model import Article

FOLDER = Path(__file__).parents[1] / "cases"
CASES = [
    case
    for name in ("reference.toml", "roles.toml")
    for case in tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))["case"]
]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_passage_is_read_with_the_places_and_sides_it_means(case: dict[str, Any]) -> None:
    article = Article(id="reference", text=case["text"], published=case["published"])
    found = extract_events(article)
    assert {event.type for event in found} == {wanted["type"] for wanted in case["events"]}
    for wanted in case["events"]:
        assert any(_agrees(event, wanted) for event in found), (wanted, found)
    assert len(found) == len(case["events"])


def _agrees(event: Any, wanted: dict[str, Any]) -> bool:
    told = {
        "type": event.type,
        "place": event.place.id if event.place else "",
        "actor": event.actor,
        "target": event.target,
        "first": event.when.first if event.when else None,
        "modality": event.modality.value,
        "fatalities": event.fatalities,
        "detained": event.detained,
    }
    return all(told[key] == value for key, value in wanted.items())
