"""Generate the forms of an Arabic verb or noun from its citation form.

No vowel signs are written, so active and passive share most forms. Forms are given as written;
whoever compares them folds both sides. Arabic letters stand here as grammar, not as words.
"""

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

PRONOUNS = ("ه", "ها", "هم", "هما")
"""Attached pronouns of the third person: news hardly uses another."""


class Tense(StrEnum):
    """The tense of a verb's form; nouns have none."""

    NONE = ""
    PAST = "past"
    PRESENT = "present"
    FUTURE = "future"


class Form(NamedTuple):
    """A form without proclitics: its letters, tense, and whether a pronoun hangs on it."""

    text: str
    tense: Tense
    pronoun: bool


def verb_forms(citation: str) -> Iterator[Form]:
    """Give the forms of a verb cited as its past, or as past/present ("قام/يقوم")."""
    past, _, present = citation.partition("/")
    yield from _past_forms(past)
    yield from _present_forms(present or derive_present(past))


def derive_present(past: str) -> str:
    """Give the present of a verb whose past shows it (forms II to X, sound roots).

    First-form verbs with a weak letter do not show it: their entries give both.
    """
    stem = past[1:] if past[0] in "أا" and len(past) > 3 else past
    if stem.endswith("ى"):
        # تبنى keeps its ى in the present; ألقى and استولى take ي.
        return "ي" + (stem if past.startswith("ت") else stem[:-1] + "ي")
    hollow = len(stem) >= 3 and stem[-2] == "ا" and past[0] in "أا"
    if hollow and (past.startswith("أ") or (past.startswith("است") and len(past) == 6)):
        stem = stem[:-2] + "ي" + stem[-1]
    return "ي" + stem


def _past_forms(past: str) -> Iterator[Form]:
    if past.endswith(("ى", "ا")) and len(past) > 2:
        stem = past[:-1]
        singular, feminine, plural = past, stem + "ت", stem + "وا"
        dual = stem + ("يا" if past.endswith("ى") else "وا")
        hung = stem + "ا"
        others = [dual, stem + "تا", stem + "ينا", stem + "يت"]
    elif past.endswith("ي"):  # لقي, بقي
        singular, feminine, plural = past, past + "ت", past[:-1] + "وا"
        hung = past
        others = [past + "ا", past + "تا", past + "نا"]
    else:
        singular, feminine, plural = past, past + "ت", past + "وا"
        hung = past
        others = [past + "ا", past + "تا", past + "نا", past + "ن"]
    for text in dict.fromkeys((singular, feminine, plural, *others)):
        yield Form(text, Tense.PAST, False)
    for pronoun in PRONOUNS:
        for text in (hung, feminine, plural[:-1]):
            yield Form(text + pronoun, Tense.PAST, True)


def _present_forms(present: str) -> Iterator[Form]:
    stem = present[1:]
    weak = stem.endswith(("ي", "و", "ى")) and len(stem) > 2
    short = stem[:-1] if weak else stem
    hung = short + "ا" if stem.endswith("ى") else stem
    dual = short + "ي" if stem.endswith("ى") else stem
    for prefix in "يتن":
        yield Form(prefix + stem, Tense.PRESENT, False)
        if weak:
            yield Form(prefix + short, Tense.PRESENT, False)
        for pronoun in PRONOUNS:
            yield Form(prefix + hung + pronoun, Tense.PRESENT, True)
    # No first person singular: news has none, and أستولي would look like استولى.
    for prefix in "يت":
        for ending in ("ون", "وا"):
            yield Form(prefix + short + ending, Tense.PRESENT, False)
        yield Form(prefix + dual + "ان", Tense.PRESENT, False)
        for pronoun in PRONOUNS:
            yield Form(prefix + short + "ون" + pronoun, Tense.PRESENT, True)
            yield Form(prefix + short + "و" + pronoun, Tense.PRESENT, True)
    if not weak:
        yield Form("ي" + stem + "ن", Tense.PRESENT, False)
        yield Form("ي" + stem + "ا", Tense.PRESENT, False)


def noun_forms(citation: str, *, adjective: bool = False) -> Iterator[Form]:
    """Give the forms of a noun: cases, dual, sound plurals, attached pronouns.

    An adjective, or a noun of relation in ي, has a feminine besides; for other nouns adding ة makes
    another word. Broken plurals are words of their own. The article and the prefixes are not
    generated: the reader of a text strips them.
    """
    bare: list[str] = [citation]
    hung: list[str] = []
    if citation.endswith("ة"):
        stem = citation[:-1]
        bare += [stem + ending for ending in ("ات", "تان", "تين", "تا", "تي")]
        hung += [stem + "ت", stem + "ات"]
    elif citation.endswith("اء"):
        stem = citation[:-1]
        bare += [citation + "ات", citation + "ين", stem + "ئين", stem + "ءان"]
        hung += [citation, stem + "ئ", stem + "ؤ"]
    elif citation.endswith(("ى", "ا")) and len(citation) > 2:
        hung.append(citation[:-1] + "ا")
        bare += [citation[:-1] + "يات", citation[:-1] + "يين"]
    else:
        bare += [citation + ending for ending in ("ا", "ات", "ين", "ون", "و", "ان", "ي")]
        if adjective or citation.endswith("ي"):
            bare += [citation + "ة", citation + "تين", citation + "تان"]
        hung += [citation, citation + "ات", citation + "ي"]
    for text in dict.fromkeys(bare):
        yield Form(text, Tense.NONE, False)
    for text in hung:
        for pronoun in PRONOUNS:
            yield Form(text + pronoun, Tense.NONE, True)
