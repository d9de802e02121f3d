import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.extraction.articles import read_articles
from dashboard.extraction.cleaning import SegmentKind, clean
from dashboard.model import Article

SHARED = Path(__file__).parents[2] / "../shared"
CASES = tomllib.loads((Path(__file__).parents[1] / "cases/cleaning.toml").read_text("utf-8"))[
    "case"
]
KINDS = {
    "H": SegmentKind.HEADLINE,
    "B": SegmentKind.BODY,
    "P": SegmentKind.POST,
    "R": SegmentKind.REPEAT,
    "X": SegmentKind.BOILERPLATE,
}


def parts(case: dict[str, str]) -> tuple[str, list[tuple[str, str]]]:
    """Give the text of a case, and its parts with the codes they must get."""
    told: list[tuple[str, str]] = []
    lines = []
    for line in case["text"].strip("\n").split("\n"):
        pieces = []
        for piece in line.split("¦") if line else ():
            code, text = piece.split("| ", 1)
            told.append((code, text))
            pieces.append(text)
        lines.append("".join(pieces))
    return "\n".join(lines), told


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["name"]))
def test_each_part_of_a_page_is_marked_as_what_it_is(case: dict[str, str]) -> None:
    text, told = parts(case)
    segments = clean(Article(id="a", text=text))
    at, before = 0, None
    for code, part in told:
        at = text.index(part, at)
        segment = next(s for s in segments if s.span.start <= at < s.span.end)
        assert segment.kind is KINDS[code[0]], part
        if code == "B+":
            assert segment is before, f"not joined to the line before: {part}"
        elif code[0] == "B":
            assert segment is not before, f"joined to the line before: {part}"
        anchor = case.get("anchor") if code == "P" else None
        assert segment.anchor == anchor
        before, at = segment, at + len(part)


def test_there_are_cases_enough() -> None:
    assert len(CASES) >= 40


TEXTS = st.lists(
    st.sampled_from(
        (
            *(
                "",
                " ",
                "اقرأ أيضا",
                "مقالات ذات صلة",
                "- خبر ...",
                "قال في",
                "الرقة",
                "شارك",
                "x. y",
            ),
            "— x (@y) May 3, 2017",
            "نفذت قوات غارة على مواقع قرب مدينة الرقة يوم أمس الجمعة وفق مصادر.",
        )
    ),
    max_size=12,
).map("\n".join)


@given(st.one_of(TEXTS, st.text(max_size=60)))
def test_segments_cover_any_text_whole_and_in_order(text: str) -> None:
    segments = clean(Article(id="a", text=text))
    assert "".join(text[s.span.start : s.span.end] for s in segments) == text
    assert all(s.span.start < s.span.end for s in segments)


def test_a_given_title_is_the_headline_even_with_a_stop() -> None:
    body = "خرجت مئات العائلات يوم أمس من الباغوز باتجاه نقاط تجمع أقيمت شمالي البلدة."
    title = "خروج مئات العائلات."
    segments = clean(Article(id="a", text=f"{title}\n{body}", title=title))
    assert [s.kind for s in segments] == [SegmentKind.HEADLINE, SegmentKind.BODY]


def test_the_shared_articles_keep_their_bodies_and_lose_their_sidebars() -> None:
    if not SHARED.exists():
        pytest.skip("the folder of shared articles is not here")
    kinds: dict[str, str] = {}
    for article in read_articles(SHARED / "articles"):
        kinds[article.id[:3]] = "".join(s.kind.value[0] for s in clean(article))
    assert kinds == {
        "000": "hbbbbbbbrrrrrrb",
        "001": "bhbbbbbbbb",
        "002": "hbbpbbbbbbbbb",
        "003": "hbbbbbbbbbbbbb",
        "004": "bbbbbbbbbb",
    }
