"""How well each type of event is read where news tells it in many ways, and held off elsewhere.

The cases stand in `tests/cases/told/`, one file a type: a passage of our own, its day, and what it
tells. A type is scored on the cases of its own file: its events that were found, against those
that are told; what a trap yields of the type is a false alarm. No single case is asserted, only a
floor on F1 a type (`floor.toml`), which may be raised, never lowered.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from dashboard.evaluation import Score, match, score, type_agrees
from dashboard.exports.rows import event_row
from dashboard.extraction import extract_events
from dashboard.model import Article, Modality
from dashboard.ontology import load_ontology
from gazetteer import default_gazetteer

TOLD = Path(__file__).parents[1] / "cases/told"
FLOOR = TOLD / "floor.toml"
LEAST_CASES = 24
TYPES = tuple(sorted(path.stem for path in TOLD.glob("*.toml") if path != FLOOR))

Row = dict[str, Any]


@cache
def read_cases(type_id: str) -> tuple[Mapping[str, Any], ...]:
    """Read the cases of a type, in the order of its file."""
    text = (TOLD / f"{type_id}.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(text)["case"])


def gold_row(article: str, event: Mapping[str, Any]) -> Row:
    """Give an annotated event in the keys of the scorer; place radius in km."""
    place = default_gazetteer()[event["place"]] if event["place"] else None
    first = event.get("first")
    return {
        "article": article,
        "type": event["type"],
        "alt_types": event.get("alt_types", []),
        "optional": event.get("optional", False),
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "radius_km": place.radius_km if place else None,
        **{key: event.get(key) for key in ("actor", "target", "fatalities", "detained")},
        "modality": event.get("modality", "reported"),
        "date_start": first.isoformat() if first else None,
        "date_end": event.get("last", first).isoformat() if first else None,
    }


@cache
def read_and_found(type_id: str) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """Give what the cases of a type tell, and what extraction finds in them, of any type."""
    gold: list[Row] = []
    found: list[Row] = []
    for number, case in enumerate(read_cases(type_id), start=1):
        article = Article(id=f"{type_id}-{number}", text=case["text"], published=case["published"])
        gold += [gold_row(article.id, event) for event in case["events"]]
        found += [event_row(event, article) for event in extract_events(article)]
    return tuple(gold), tuple(found)


def score_type(type_id: str) -> Score:
    """Score one type on its own cases.

    An event of the type that the text tells under another name as well (`alt_types`), or that is
    optional, is neither a miss nor an alarm.
    """
    gold, found = read_and_found(type_id)
    of_type = [row for row in found if row["type"] == type_id]
    wanted = [
        row | {"optional": row["optional"] or row["type"] != type_id}
        for row in gold
        if type_agrees(row, {"type": type_id})
    ]
    # An own event that was found under an allowed other name is not missed.
    others = [row for row in found if row["type"] != type_id]
    missed = [
        row for i, row in enumerate(wanted) if i not in {g for g, _ in match(wanted, of_type)}
    ]
    elsewhere = {id(missed[i]) for i, _ in match(missed, others)}
    return score(
        [row | {"optional": row["optional"] or id(row) in elsewhere} for row in wanted], of_type
    )


def score_told() -> dict[str, Score]:
    """Give the score of every type that has cases, by its id."""
    return {type_id: score_type(type_id) for type_id in TYPES}


def figures() -> Iterator[str]:
    """Say the scores as lines of plain text: a type a line, then all types in all cases."""
    yield "type               told  found  precision  recall     F1"
    for type_id, result in score_told().items():
        gold, found = read_and_found(type_id)
        told = sum(row["type"] == type_id and not row["optional"] for row in gold)
        yes = sum(row["type"] == type_id for row in found)
        yield (
            f"{type_id:18} {told:4} {yes:6} {result.precision:10.3f} {result.recall:7.3f} "
            f"{result.f1:6.3f}"
        )
    gold_all = [row for type_id in TYPES for row in read_and_found(type_id)[0]]
    found_all = [row for type_id in TYPES for row in read_and_found(type_id)[1]]
    result = score(gold_all, found_all)
    yield (
        f"{'all, in all cases':18} {sum(not row['optional'] for row in gold_all):4} "
        f"{len(found_all):6} {result.precision:10.3f} {result.recall:7.3f} {result.f1:6.3f}"
    )
    for key in ("modality", "actor", "target", "fatalities", "detained"):
        pairs = [(gold_all[i], found_all[j]) for i, j in result.pairs if gold_all[i][key]]
        right = sum(same(key, gold[key], found[key]) for gold, found in pairs)
        yield f"{key} right {right}/{len(pairs)} of the events found"


def same(key: str, gold: Any, found: Any) -> bool:
    """Tell whether two values of a key agree; actors by the codebook's scoring."""
    alike = {"SYRIA_GOV": "OTHER", "TRIBES": "OTHER", "LIBYA_GNA": "OTHER", "HEZBOLLAH": "SAA"}
    alike |= {"USA": "COALITION"}
    if key not in ("actor", "target"):
        return bool(gold == found)
    return bool(alike.get(gold, gold) == alike.get(found, found))


class Summary:
    """Prints the figures below the test run."""

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        terminalreporter.section("how each type is read where it is told")
        for line in figures():
            terminalreporter.write_line(line)


@pytest.fixture(scope="module", autouse=True)
def summary(request: pytest.FixtureRequest) -> None:
    manager = request.config.pluginmanager
    if not manager.has_plugin("told"):
        manager.register(Summary(), "told")


def floors() -> dict[str, float]:
    return dict(tomllib.loads(FLOOR.read_text(encoding="utf-8"))["f1"])


def test_every_type_with_cases_has_a_floor() -> None:
    assert sorted(floors()) == list(TYPES), "give each file of cases its F1 in floor.toml"


@pytest.mark.parametrize("type_id", TYPES)
def test_a_type_is_read_no_worse_than_before(type_id: str) -> None:
    result = score_told()[type_id]
    least = floors().get(type_id, 0.0)
    assert round(result.f1, 3) >= least, (
        f"{type_id}: F1 {result.f1:.3f} (precision {result.precision:.3f}, recall "
        f"{result.recall:.3f}) is below its floor {least}"
    )


@pytest.mark.parametrize("type_id", TYPES)
def test_a_third_of_the_cases_of_a_type_are_traps(type_id: str) -> None:
    cases = read_cases(type_id)
    traps = [case for case in cases if not tells(case["events"], type_id)]
    assert len(cases) >= LEAST_CASES
    assert len(traps) * 3 >= len(cases), f"{len(traps)} of {len(cases)}"


def tells(events: Sequence[Mapping[str, Any]], type_id: str) -> bool:
    return any(event["type"] == type_id for event in events)


@pytest.mark.parametrize("type_id", TYPES)
def test_the_cases_keep_to_the_codebook_and_the_gazetteer(type_id: str) -> None:
    ontology = load_ontology()
    texts = [case["text"] for case in read_cases(type_id)]
    assert len(texts) == len(set(texts))
    for case in read_cases(type_id):
        where = f"{type_id}: {case['text'][:60]}"
        assert case["note"], where
        for event in case["events"]:
            names = {event["type"], *event.get("alt_types", ())}
            assert names <= set(ontology.event_types), where
            assert {event[k] for k in ("actor", "target") if k in event} <= set(ontology.actors), (
                where
            )
            assert event.get("modality", "reported") in set(Modality), where
            assert all(
                default_gazetteer()[p] for p in (event["place"], *event.get("origin", ())) if p
            )
            assert ("first" in event) == ("last" in event), where
            assert "first" not in event or event["first"] <= event["last"], where
