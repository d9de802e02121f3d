"""The scorer: what counts as found, and that it agrees with the yardstick it restates."""

import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from dashboard.evaluation import GoldError, match, read_gold, report, score

SHARED = Path(__file__).parents[2] / "../shared/gold"


def row(**changes: Any) -> dict[str, Any]:
    base = {
        "article": "a", "type": "capture", "lat": 35.0, "lon": 40.0, "radius_km": 6,
        "date_start": "2017-11-03", "date_end": "2017-11-03", "date_basis": "relative",
        "modality": "reported",
    }  # fmt: skip
    return base | changes


def test_the_same_event_is_found() -> None:
    result = score([row()], [row()])
    assert (result.precision, result.recall, result.f1) == (1.0, 1.0, 1.0)


@pytest.mark.parametrize(
    "changes",
    [
        {"type": "siege"},
        {"lat": 35.2},
        {"lat": None, "lon": None},
        {"date_start": "2017-11-06", "date_end": "2017-11-06"},
        {"date_start": "2017-10-01", "date_end": "2017-11-30"},
        {"date_start": None, "date_end": None},
        {"article": "b"},
    ],
)
def test_an_event_that_differs_is_not_found(changes: dict[str, Any]) -> None:
    assert score([row()], [row(**changes)]).pairs == ()


@pytest.mark.parametrize(
    "changes",
    [
        {"date_start": "2017-11-04", "date_end": "2017-11-04"},
        {"date_start": "2017-11-01", "date_end": "2017-11-10"},
        {"lat": 35.05},
    ],
)
def test_an_event_that_is_near_enough_is_found(changes: dict[str, Any]) -> None:
    assert score([row()], [row(**changes)]).f1 == 1.0


def test_the_family_is_enough_for_the_relaxed_score() -> None:
    assert score([row()], [row(type="siege")], relaxed=True).f1 == 1.0
    assert score([row()], [row(type="arrest")], relaxed=True).f1 == 0.0


def test_an_optional_event_is_neither_miss_nor_alarm() -> None:
    assert score([row(optional=True)], []).recall == 1.0
    assert score([row(optional=True)], [row()]).precision == 1.0


def test_a_gold_event_is_matched_once() -> None:
    assert len(match([row()], [row(), row()])) == 1


def test_an_undated_find_is_right_only_where_the_day_was_inferred() -> None:
    found = row(date_start=None, date_end=None)
    assert score([row(date_basis="inferred")], [found]).f1 == 1.0


def test_a_report_shows_misses_and_alarms_with_their_sentence() -> None:
    gold = [row(evidence="جملة الخبر")]
    found = [row(type="arrest", quote="جملة أخرى", reasons=["a rule"])]
    text = report(gold, found, show=True)
    assert "missed  a capture" in text
    assert "جملة الخبر" in text
    assert "alarm   a arrest" in text
    assert "a rule" in text


def test_a_reliability_table_sets_claim_beside_truth() -> None:
    gold = [row()]
    found = [
        row(confidence=0.9),
        row(type="arrest", confidence=0.9),
        row(type="raid", confidence=0.1),
    ]
    text = report(gold, found)
    assert "0.8 to 1.0       2    0.90   0.50" in text
    assert "0.0 to 0.2       1    0.10   0.00" in text
    # two bins: |1.8 - 1| and |0.1 - 0| of three events
    assert "expected calibration error 0.300" in text


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text('{"article": "a", "type": "capture", "modality": "reported"}\n{"article"\n')
    with pytest.raises(GoldError, match=r"gold.jsonl, line 2: not JSON"):
        read_gold(path)
    path.write_text('{"article": "a"}\n')
    with pytest.raises(GoldError, match=r"line 1: lacks type, modality"):
        read_gold(path)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"type": "party"}, "no event type 'party'"),
        ({"alt_types": ["party"]}, "no event type 'party'"),
        ({"lon": None}, "only one of lat and lon"),
        ({"date_end": None}, "only one of date_start and date_end"),
    ],
)
def test_an_event_that_the_codebook_has_not_is_refused(
    tmp_path: Path, changes: dict[str, Any], says: str
) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(row(**changes)))
    with pytest.raises(GoldError, match=says):
        read_gold(path)


def test_gold_without_an_event_is_refused(tmp_path: Path) -> None:
    (tmp_path / "gold.jsonl").write_text("\n")
    with pytest.raises(GoldError, match="holds no event"):
        read_gold(tmp_path / "gold.jsonl")


events = some.lists(
    some.builds(
        row,
        type=some.sampled_from(["capture", "siege", "arrest"]),
        lat=some.sampled_from([35.0, 35.04, 36.0, None]),
        date_start=some.sampled_from(["2017-11-01", "2017-11-03"]),
        date_end=some.sampled_from(["2017-11-03", "2017-11-20"]),
        optional=some.booleans(),
        article=some.sampled_from(["a", "b"]),
    ),
    max_size=6,
)


@settings(max_examples=150, deadline=None)
@given(gold=events, found=events, relaxed=some.booleans())
def test_it_agrees_with_the_yardstick(gold: list[Any], found: list[Any], relaxed: bool) -> None:
    if not (SHARED / "score.py").exists():
        pytest.skip("../shared/gold/score.py is not here")
    spec = importlib.util.spec_from_file_location("yardstick", SHARED / "score.py")
    assert spec
    assert spec.loader
    yardstick = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(yardstick)
    precision, recall, f1, pairs = yardstick.score(gold, found, relaxed)
    ours = score(gold, found, relaxed=relaxed)
    assert (ours.precision, ours.recall, ours.f1) == pytest.approx((precision, recall, f1))
    assert len(ours.pairs) == len(pairs)


def test_the_shared_gold_is_read() -> None:
    if not SHARED.exists():
        pytest.skip("../shared/gold is not here")
    rows = read_gold(SHARED / "events.jsonl")
    assert len(rows) == 53
    assert score(rows, [json.loads(json.dumps(r)) for r in rows]).f1 == 1.0
