"""Choosing among the places of a name: what is open to none is left alone."""

import gazetteer


def test_a_listed_name_that_lacks_the_kind_word_it_needs_is_no_place() -> None:
    found = gazetteer.read_toponyms("امتدت السحب من البحر الأحمر والخليج صباح اليوم.")
    assert "الخليج" not in {toponym.surface for toponym in found if toponym.place}
