"""Why an event was read so, in words: for every reason that the rules give, in both languages."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from dashboard.extraction import extract_events, read_articles
from dashboard.model import Article
from dashboard.sample import sample_folder
from dashboard.ui.reasons import load_patterns, reasons_in_words
from dashboard.ui.words import LANGUAGES

TESTS = Path(__file__).parents[1]
LEAST = 0.98
"""The share that must be worded at once when rules with new reasons land; wording them is next."""

BARE_ENGLISH = re.compile(r"[A-Za-z_]{2,}")


def articles() -> Iterator[Article]:
    for folder in (sample_folder(), TESTS / "corpus" / "articles"):
        yield from read_articles(folder)
    for path in sorted((TESTS / "cases" / "told").glob("*.toml")):
        for number, case in enumerate(
            tomllib.loads(path.read_text(encoding="utf-8")).get("case", ())
        ):
            yield Article(
                id=f"{path.stem}-{number}", text=case["text"], published=case["published"]
            )


@cache
def all_reasons() -> tuple[str, ...]:
    return tuple(r for article in articles() for e in extract_events(article) for r in e.reasons)


def in_words(reason: str, lang: str) -> str | None:
    return reasons_in_words([reason], lang)[0][1]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_almost_every_reason_is_worded(lang: str) -> None:
    reasons = all_reasons()
    assert len(reasons) > 4000
    bare = [reason for reason in reasons if in_words(reason, lang) is None]
    assert len(bare) <= (1 - LEAST) * len(reasons), "\n".join(sorted(set(bare)))


def test_the_arabic_page_reads_no_word_of_the_rules_own_english() -> None:
    told = {in_words(reason, "ar") for reason in set(all_reasons())} - {None}
    assert [
        words for words in told if BARE_ENGLISH.search(re.sub("\u2068.*?\u2069", "", words))
    ] == []


def test_every_pattern_fills_its_slots_and_every_table_both_languages() -> None:
    known = load_patterns()  # raises WordsError where they do not
    assert len(known.reasons) > 15
    assert len(known.dates) > 15


@pytest.mark.parametrize(
    ("reason", "english", "arabic"),
    [
        (
            "actor IS (داعش): by its place in the clause",
            "Who: Islamic State group, from “داعش”, by its place in the clause",
            "الفاعل: تنظيم الدولة الإسلامية، من «داعش»، بحسب موضعه في العبارة",
        ),
        (
            "capture: أحكم (verb بسط) with سيطرته",
            "“Capture”, for “أحكم”, with “سيطرته” beside it: a verb, listed with “بسط”",
            "«سيطرة» من اللفظ «أحكم» ومعه «سيطرته»: فعل، مدرج مع «بسط»",
        ),
        ("yesterday: -1 days from the article's day", "That is the day before the article's day",
         "أي اليوم الذي قبل يوم المقال"),
        (
            "ago: 1 weeks and 2 days before the article's day, give or take 3 days",
            "That is 1 week and 2 days before the article's day, give or take 3 days",
            "أي قبل يوم المقال بمقدار أسبوع واحد ويومين، بزيادة 3 أيام أو نقصانها",
        ),
        (
            "weekday: the latest such weekday not after the article's day; the article's day is "
            "only known to lie 2017-10-01 to 2017-10-05",
            "That is the latest such weekday not after the article's day; the article's own day is "
            "only known to lie from 1 October 2017 to 5 October 2017",
            "أي آخر يوم بهذا الاسم لا يتأخر عن يوم المقال؛ ويوم المقال نفسه لا يُعرف إلا أنه بين "
            "1 تشرين الأول 2017 و5 تشرين الأول 2017",
        ),
        ("told 2 times", "Told 2 times in the article", "ذُكر مرتين في المقال"),
        (
            "confidence 0.78: words 0.98, place in sentence 0.80",
            "How sure by its sentence: 78 %, from the words 98 %, the place in the same sentence "
            "80 %",
            "مدى الثقة بحسب جملته: 78٪، من الألفاظ 98٪، المكان في الجملة نفسها 80٪",
        ),
    ],
)  # fmt: skip
def test_a_reason_is_told_as_a_sentence(reason: str, english: str, arabic: str) -> None:
    bare = dict.fromkeys((0x2068, 0x2069))
    assert str(in_words(reason, "en")).translate(bare) == english
    assert str(in_words(reason, "ar")).translate(bare) == arabic


@pytest.mark.parametrize(
    "reason",
    [
        "a rule that nobody has worded yet",
        "actor NOBODY_KNOWN (س): by its place in the clause",
        "capture: س (gerund س)",
        "confidence 0.78: luck 0.98",
        "yesterday: in a way of its own",
        "",
    ],
)
def test_what_no_pattern_knows_is_left_as_it_is(reason: str) -> None:
    assert reasons_in_words([reason], "ar") == ((reason, None),)


def test_reasons_come_in_the_order_what_who_where_when_how_sure() -> None:
    reasons = (
        "confidence 0.78: words 0.98",
        "unheard of",
        "date أمس",
        "yesterday: -1 days from the article's day",
        "place الرقة: nearest in the clause, cost -2",
        "target IS: the article's topic",
        "capture: أحكم (verb بسط)",
    )
    shown = [reason for reason, _ in reasons_in_words(reasons, "en")]
    assert shown == [*reversed(reasons[4:]), *reasons[2:4], reasons[0], reasons[1]]
