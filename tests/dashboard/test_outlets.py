from datetime import date
from pathlib import Path

import pytest

from dashboard.ontology import OntologyError, load_ontology
from dashboard.ontology.outlets import load_outlets, read_outlets


@pytest.mark.parametrize(
    ("source", "url", "outlet"),
    [
        ("وكالة رويترز", None, "reuters"),
        ("REUTERS", None, "reuters"),
        ("أ ف ب", None, "afp"),
        ("اعماق", None, "amaq"),
        (None, "https://www.sana.sy/?p=1", "sana"),
        (None, "https://arabic.rt.com/news/1", "rt"),
        ("syriahr.com", None, "sohr"),
        ("صحيفة لا نعرفها", "https://www.bbc.com/arabic", "bbc"),
        ("صحيفة لا نعرفها", None, None),
        (None, "https://notsana.sy/", None),
        (None, None, None),
    ],
)
def test_an_outlet_is_known_by_name_or_address(
    source: str | None, url: str | None, outlet: str | None
) -> None:
    found = load_outlets().find(source, url)
    assert (found.id if found else None) == outlet


def test_the_state_media_of_damascus_changed_hands() -> None:
    sana = load_outlets().find("سانا")
    assert sana
    assert sana.side_on(date(2017, 11, 3)) == "damascus"
    assert sana.side_on(date(2024, 12, 8)) == "damascus-2025"
    assert sana.side_on(None) == "damascus"


def test_each_side_of_an_actor_that_has_media_has_a_name() -> None:
    sides = {actor.side for actor in load_ontology().actors.values()} - {"other", "civilians"}
    assert sides <= set(load_outlets().sides)


OUTLET = """
[side.is]
en = "a"
ar = "ب"
[[outlet]]
id = "one"
name_ar = "واحد"
name_en = "One"
kind = "site"
"""


@pytest.mark.parametrize(
    ("more", "wrong"),
    [
        ("side = 'nobody'", "no .side.nobody"),
        ("owner = 'x'", "unknown key 'owner'"),
        ("until = 2020-01-01", "a day `until` and the side `then` together"),
        (
            "[[outlet]]\nid = 'two'\nname_ar = 'اثنان'\nname_en = 'ONE'\nkind = 'site'",
            "one's already",
        ),
        ("[[outlet]]\nid = 'two'\nname_ar = 'اثنان'\nkind = 'site'", "lacks 'name_en'"),
        ("[[outlet]]\nid = 'two'\nname_ar = 'ا'\nname_en = 'T'\nkind = 'blog'", "kind is one of"),
        ("[[", "cannot be read"),
    ],
)
def test_an_entry_that_is_wrong_is_named(more: str, wrong: str, tmp_path: Path) -> None:
    path = tmp_path / "outlets.toml"
    path.write_text(OUTLET + more, encoding="utf-8")
    with pytest.raises(OntologyError, match=wrong):
        read_outlets(path)
