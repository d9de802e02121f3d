"""Choosing among the places of a name: what is open to none is left alone."""

from pathlib import Path

import gazetteer
from gazetteer.load import DATA


def test_a_listed_name_that_lacks_the_kind_word_it_needs_is_no_place() -> None:
    found = gazetteer.read_toponyms("امتدت السحب من البحر الأحمر والخليج صباح اليوم.")
    assert "الخليج" not in {toponym.surface for toponym in found if toponym.place}


def test_what_was_read_before_does_not_change_what_is_read() -> None:
    """Hold the memos to the text: a gazetteer that has read much answers as a new one."""
    paths = sorted((Path(__file__).parents[2] / "dashboard/sample/articles").glob("*.txt"))
    texts = [path.read_text(encoding="utf-8") for path in paths]
    assert len(texts) >= 10
    used = gazetteer.default_gazetteer()
    for text in texts:
        used.read(text)
    new = gazetteer.load_gazetteer(*(DATA / name for name in ("places", "regions", "imported")))
    for text in reversed(texts):
        assert [repr(t) for t in new.read(text)] == [repr(t) for t in used.read(text)]
