"""The ontology that ships is sound, refuses bad files by name, and its examples hold."""

from pathlib import Path

import pytest

from dashboard.checks import types_told
from dashboard.ontology import Ontology, load_ontology, read_ontology
from dashboard.ontology.load import FOLDER

TYPES = load_ontology().event_types
EXAMPLES = [
    pytest.param(example, id=f"{kind.id}-{number}")
    for kind in TYPES.values()
    for number, example in enumerate(kind.examples, start=1)
]

CODEBOOK = {
    "stronghold": {"base_established", "relocation", "fortification", "presence"},
    "territory": {"capture", "withdrawal", "offensive", "siege"},
    "violence": {"clash", "air_strike", "shelling", "bombing", "killing", "abduction"},
    "security": {"arrest", "raid", "prison_break"},
    "posture": {"deployment", "threat"},
}


def test_the_types_and_families_are_those_of_the_codebook() -> None:
    families: dict[str, set[str]] = {}
    for kind in TYPES.values():
        families.setdefault(kind.family, set()).add(kind.id)
    assert families == CODEBOOK


def test_the_actors_are_those_of_the_codebook() -> None:
    assert set(load_ontology().actors) == {
        "IS", "SDF", "SAA", "SYRIA_GOV", "HEZBOLLAH", "IRAN", "RUSSIA", "ISF", "PMF", "PESHMERGA",
        "COALITION", "USA", "TURKEY", "HTS", "OPPOSITION", "JORDAN", "LEBANON", "LIBYA_GNA",
        "TRIBES", "CIVILIANS", "UNKNOWN", "OTHER",
    }  # fmt: skip


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_tells_its_types_and_no_other(example) -> None:
    assert types_told(example) == set(example.types)


ACTORS = """
force_words = ["جيش"]
[[actor]]
id = "IS"
label_en = "a"
label_ar = "ا"
side = "is"
names = ["داعش"]
"""

GOOD = """
id = "raid"
family = "security"
label_en = "Raid"
label_ar = "مداهمة"
color = "#123456"
effect = "none"
acled = "none"
plover = "COERCE"
definition = "A search."
[[trigger]]
part = "verb"
words = ["داهم"]
""" + "\n".join(f'[[example]]\ntext = "جملة {n}"\ntypes = []' for n in range(12))

BROKEN = {
    "an unknown key": ("definition =", "definitoin ="),
    "a wrong part": ('part = "verb"', 'part = "adverb"'),
    "Latin letters in a word": ('words = ["داهم"]', 'words = ["daham"]'),
    "no words": ('words = ["داهم"]', "words = []"),
    "a word twice": ('words = ["داهم"]', 'words = ["داهم", "داهم"]'),
    "a color that is none": ("#123456", "red"),
    "a family that is none": ('"security"', '"securty"'),
    "an effect that is none": ('effect = "none"', 'effect = "gain"'),
    "an actor that is not there": ('words = ["داهم"]', 'words = ["داهم"]\nby = ["ISS"]'),
    "a role that is none": ('words = ["داهم"]', 'words = ["داهم"]\nslots = { subject = "agent" }'),
    "a weight above one": ('words = ["داهم"]', 'words = ["داهم"]\nweight = 2'),
    "a light verb alone": ('part = "verb"', 'part = "light_verb"'),
    "too few examples": ('[[example]]\ntext = "جملة 3"\ntypes = []', ""),
    "no traps": ("types = []", 'types = ["raid"]'),
    "an id that is not the file's": ('id = "raid"', 'id = "raids"'),
    "what is no TOML": ('id = "raid"', "id = raid"),
}


@pytest.mark.parametrize("wrong", BROKEN)
def test_a_bad_event_type_is_refused_by_file_and_entry(tmp_path: Path, wrong: str) -> None:
    old, new = BROKEN[wrong]
    assert old in GOOD
    folder = tmp_path / "event_types"
    folder.mkdir()
    (folder / "raid.toml").write_text(GOOD.replace(old, new), encoding="utf-8")
    (tmp_path / "actors.toml").write_text(ACTORS, encoding="utf-8")
    with pytest.raises(ValueError, match=r"raid\.toml"):
        read_ontology(folder, tmp_path / "actors.toml")


def test_a_good_event_type_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "event_types"
    folder.mkdir()
    (folder / "raid.toml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "actors.toml").write_text(ACTORS, encoding="utf-8")
    ontology = read_ontology(folder, tmp_path / "actors.toml")
    assert ontology.event_types["raid"].triggers[0].words == ("داهم",)


def test_a_name_of_two_actors_is_refused(tmp_path: Path) -> None:
    twice = ACTORS + ACTORS[ACTORS.index("[[actor]]") :].replace('"IS"', '"ISF"')
    (tmp_path / "actors.toml").write_text(twice, encoding="utf-8")
    with pytest.raises(ValueError, match=r"actors\.toml, ISF: the name .* belongs to IS"):
        read_ontology(FOLDER / "event_types", tmp_path / "actors.toml")


MORE = """
[[trigger]]
part = "verb"
words = ["كوّش"]
[[example]]
text = "جملة"
types = ["raid"]
"""

BROKEN_MORE = {
    "no example of the type": ('types = ["raid"]', "types = []"),
    "no trigger": (MORE[: MORE.index("[[example]]")], ""),
    "a key of a whole type": ("\n[[trigger]]", '\ncolor = "#123456"\n[[trigger]]'),
    "an actor that is not there": ('words = ["كوّش"]', 'words = ["كوّش"]\nby = ["ISS"]'),
    "a type that is not there": ('types = ["raid"]', 'types = ["raid", "raids"]'),
}


def layered(tmp_path: Path, name: str, text: str) -> Ontology:
    ours, layer = tmp_path / "event_types", tmp_path / "own"
    ours.mkdir()
    layer.mkdir()
    (ours / "raid.toml").write_text(GOOD, encoding="utf-8")
    (layer / name).write_text(text, encoding="utf-8")
    (tmp_path / "actors.toml").write_text(ACTORS, encoding="utf-8")
    return read_ontology(ours, tmp_path / "actors.toml", layer=layer)


def test_a_users_file_adds_to_the_type_of_its_name(tmp_path: Path) -> None:
    raid = layered(tmp_path, "raid.toml", MORE).event_types["raid"]
    assert [trigger.words for trigger in raid.triggers] == [("داهم",), ("كوّش",)]
    assert len(raid.examples) == 13
    assert raid.color == "#123456"


def test_a_users_file_can_be_a_type_of_its_own(tmp_path: Path) -> None:
    own = GOOD.replace('"raid"', '"looting"').replace("#123456", "#654321")
    types = layered(tmp_path, "looting.toml", own).event_types
    assert set(types) == {"raid", "looting"}


def test_a_type_of_ones_own_is_checked_as_ours_are(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"own/looting\.toml, \?: the id must be"):
        layered(tmp_path, "looting.toml", MORE)


@pytest.mark.parametrize("wrong", BROKEN_MORE)
def test_a_users_file_that_is_wrong_is_refused_by_its_path(tmp_path: Path, wrong: str) -> None:
    old, new = BROKEN_MORE[wrong]
    assert old in MORE
    with pytest.raises(ValueError, match=r"own/raid\.toml, raid"):
        layered(tmp_path, "raid.toml", MORE.replace(old, new))
