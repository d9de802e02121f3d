from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from dashboard.ontology.chronology import load_chronology

# Days whose weekday is public knowledge: a slip of the pen in the data would show here.
WEEKDAYS = {
    "mosul-falls": "Tuesday",
    "omar-field-taken": "Sunday",
    "qaim-operation-begins": "Thursday",
    "qaim-retaken": "Friday",
    "mosul-battle-begins": "Monday",
    "baghuz-taken": "Saturday",
    "ghwayran-attack": "Thursday",
    "tayaran-bombing": "Thursday",
    "karrada-bombing": "Sunday",
    "crocus": "Friday",
    "assad-falls": "Sunday",
    "mar-elias": "Sunday",
    "earthquake": "Monday",
    "paris-attacks": "Friday",
    "kurdish-referendum": "Monday",
    "raqqa-assault-begins": "Tuesday",
}


def test_the_chronology_holds_enough_facts_and_terms() -> None:
    chronology = load_chronology()
    assert len(chronology.facts) >= 120
    assert len(chronology.terms) >= 40
    assert chronology.source


def test_facts_stand_in_order_between_2013_and_2025_and_say_what() -> None:
    facts = load_chronology().facts
    assert [fact.first for fact in facts] == sorted(fact.first for fact in facts)
    for fact in facts:
        assert date(2013, 1, 1) <= fact.first <= fact.last <= date(2025, 12, 31), fact.id
        assert fact.what, fact.id


@pytest.mark.parametrize(("fact_id", "weekday"), WEEKDAYS.items())
def test_a_fact_falls_on_its_weekday(fact_id: str, weekday: str) -> None:
    fact = next(fact for fact in load_chronology().facts if fact.id == fact_id)
    assert f"{fact.last:%A}" == weekday


def test_successors_take_office_when_their_predecessors_leave() -> None:
    terms = [term for term in load_chronology().terms if term.office == "Prime minister of Iraq"]
    terms.sort(key=lambda term: term.first)
    for before, after in pairwise(terms):
        assert before.last == after.first, (before.name, after.name)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[[fact]]\nid = "a"\nday = 2017-01-01\nwhat = "x"\n', "no words"),
        ('[[fact]]\nid = "a"\nwhat = "x"\ndone = ["b"]\n', "day"),
        ('[[fact]]\nid = "a"\nday = 2017-01-01\nwhat = "x"\ndone = ["b*"]\n', "whole words"),
        ('[[fact]]\nid = "a"\nday = 2017-01-01\nwhat = "x"\nkind = "z"\n', "wording.z"),
        ('[[fact]]\nid = "a"\nday = 2017-01-01\nwhat = "x"\ndone = ["{z} b"]\n', "no list"),
        ('[[fact]]\nid = "a"\nday = 2017-01-01\nwhat = "x"\ndon = ["b"]\n', "unknown keys"),
        ('[[term]]\nname = "a"\nfrom = 2018-01-01\nto = 2017-01-01\n', "from"),
        ("[[fact]\n", "mend the TOML"),
    ],
)
def test_a_fault_of_the_data_is_named(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "chronology.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(ValueError, match=told) as error:
        load_chronology(path)
    assert "chronology.toml" in str(error.value)
