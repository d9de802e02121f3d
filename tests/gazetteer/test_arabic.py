"""Spellings fold to one form, with offsets, and words are found whole in text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer import fold
from gazetteer.arabic import fold_with_offsets
from gazetteer.trie import TokenTrie


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("أبو كمال", "ابو كمال"),
        ("الرقّة", "الرقه"),
        ("نينوى", "نينوي"),
        ("القائم", "القايم"),
        ("الموصـل", "الموصل"),
        ("كركوک", "كركوك"),
        ("ﻻ", "لا"),
        ("١٢۳", "123"),
        ("Ḩimṣ", "hims"),
        ("Deir Ez-Zor", "deir ez-zor"),
    ],
)
def test_two_spellings_fold_to_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet="ابتةىأؤئلرقـًَُّ\u200f ﻻكک1١aÉ.،"))
def test_offsets_lead_back_to_the_letter_that_was_folded(text: str) -> None:
    folded, offsets = fold_with_offsets(text)
    assert folded == fold(text)
    assert len(offsets) == len(folded) + 1
    assert offsets[-1] == len(text)
    for position, letter in enumerate(folded):
        assert letter in fold(text[offsets[position]])


def find(trie: TokenTrie[int], text: str) -> list[tuple[str, int]]:
    return [(text[start:end], payload) for start, end, payload in trie.find(text)]


def test_the_longest_name_is_found_without_its_particles() -> None:
    trie = TokenTrie([("دير الزور", 1), ("الزور", 2), ("الرقة", 3), ("حقل العمر النفطي", 4)])
    text = "وبدير  الزور، للرقة والرَّقة: حقل العمر النفطي"
    found = find(trie, text)
    assert [payload for _, payload in found] == [1, 3, 3, 4]
    assert found[0][0] == "دير  الزور"
    assert found[2][0] == "الرَّقة"


def test_a_name_does_not_run_over_a_full_stop_or_into_other_words() -> None:
    trie = TokenTrie([("دير الزور", 1), ("باب", 2)])
    assert find(trie, "دير. الزور") == []
    assert find(trie, "بابل أبواب") == []
    assert find(trie, "دير\nالزور") == [("دير\nالزور", 1)]


def test_one_name_can_stand_for_several_things_and_be_added_late() -> None:
    trie: TokenTrie[str] = TokenTrie([("شن غارة", "strike")])
    found: object = find(trie, "ثم شن غارة")  # type: ignore[arg-type]  # values are words here
    assert found == [("شن غارة", "strike")]
    trie.insert(["شن", "غارة"], "again")
    trie.insert("غارة", "raid")
    assert [p for _, _, p in trie.find("شن غارة وغارة")] == ["strike", "again", "raid"]
    with pytest.raises(ValueError, match="without a letter"):
        trie.insert("...", "nothing")


@given(st.text(alphabet="الرقةدي زوب،.\n-و"))
def test_spans_always_fold_to_the_name(text: str) -> None:
    trie = TokenTrie([("دير الزور", "دير الزور"), ("الرقة", "الرقه")])
    for start, end, name in trie.find(text):
        words = fold(text[start:end].replace("-", " ")).split()
        assert " ".join(words).endswith(name.removeprefix("ا"))
