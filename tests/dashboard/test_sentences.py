from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.extraction.articles import read_articles
from dashboard.extraction.cleaning import SegmentKind, clean
from dashboard.extraction.sentences import split
from dashboard.model import Article

SHARED = Path(__file__).parents[2] / "../shared"

# Each text is a paragraph; the bars stand where it must be cut.
CASES = {
    "two sentences": "دخل الجيش المدينة. | انسحب المسلحون منها.",
    "no space behind the stop": "اقتربت القوات من الرقة.|يذكر أن المدينة محاصرة.",
    "a decimal": "سار الرتل 4.5 كيلومترات. | ثم توقف.",
    "a day in digits": "وقع ذلك في 2017.10.27 قرب هيت. | ثم هدأ القصف.",
    "an agency's letters": "نقلت وكالة أ.ف.ب. عن ناشط قوله. | ولم تعلق الوزارة.",
    "a title cut short": "قال د. سالم إن المشفى دُمر. | وأكد ذلك شهود.",
    "letters of the group's name, censored": "قُتل عناصر من د.ا.ع.ش قرب البلدة. | وفر آخرون.",
    "a question": "من يحكم البلدة؟ | لا أحد يعرف.",
    "an exclamation": "توقفوا! | صرخ الحارس عند الحاجز.",
    "a semicolon carries on": "تقع البلدة على النهر ؛ وتتبع المحافظة. | وفيها جسر.",
    "two dots are a pause": "طوردوا في البادية.. ثم اختفوا هناك. | ولم يعودوا.",
    "dots for words left out": "قال «كنا هناك … ثم رحلنا» أمس. | وصمت.",
    "a stop before closing quotes": "قال: “لن ننسحب.” | ثم غادر القاعة.",
    "a stop behind closing quotes": 'قال: "لن ننسحب". | ثم غادر القاعة.',
    "a stop within straight quotes": 'قال: "هزمناهم. | سنلاحقهم". | ثم غادر القاعة.',
    "straight quotes that open behind a stop": 'انتهت المعركة. | "لن يعودوا" قال القائد.',
    "guillemets": "قال «هُزموا». | ورحل.",
    "a stop in brackets": "قالت البعثة (أ. م. في بغداد) إنها قلقة. | ولم تزد.",
    "Latin letters": "قالت U.S. Central Command إنها نفذت غارة. | وأكدت example.com الخبر.",
    "a number ends a sentence": "بدأت الأزمة عام 2014. | وانتهت لاحقا.",
    "a number of a list": "1. تدمير مخبأ في الوادي. | واعتقال اثنين.",
    "no stop at all": "دخل الجيش المدينة",
    "a break inside": "دخلت قوات في\nمدينة هيت صباحا. | ثم خرجت.",
}


@pytest.mark.parametrize("name", CASES)
def test_a_paragraph_is_cut_where_its_sentences_end(name: str) -> None:
    pieces = CASES[name].split("|")
    text = "".join(piece.lstrip() if n and piece == piece.lstrip() else piece
                   for n, piece in enumerate(pieces))  # fmt: skip
    article = Article(id="a", text=text)
    got = [sentence.text for sentence in split(article, clean(article))]
    assert got == [piece.strip() for piece in pieces]


def test_a_sentence_knows_its_segment_and_whether_it_is_the_headline() -> None:
    article = Article(
        id="a",
        text="عنوان عن الرقة\nدخل الجيش المدينة صباح اليوم. ثم خرج.\nشارك\nانتهى القتال الأحد.",
    )
    segments = clean(article)
    sentences = split(article, segments)
    assert [s.headline for s in sentences] == [True, False, False, False]
    kinds = [segments[s.paragraph].kind for s in sentences]
    assert kinds == [SegmentKind.HEADLINE] + [SegmentKind.BODY] * 3
    assert sentences[1].paragraph == sentences[2].paragraph != sentences[3].paragraph


def test_nothing_is_told_in_boilerplate_or_repeats() -> None:
    body = "نفذت قوات غارة على مواقع قرب مدينة الرقة يوم أمس الجمعة وفق مصادر."
    article = Article(id="a", text=f"{body}\n{body}\nاقرأ أيضا: خبر آخر")
    assert [s.text for s in split(article, clean(article))] == [body]


def test_lines_of_a_post_are_sentences_of_their_own() -> None:
    article = Article(
        id="a", text="دخل الجيش المدينة صباح اليوم.\nغارة جديدة\nقرب هيت — x (@y) May 3, 2017"
    )
    assert len(split(article, clean(article))) == 3


@given(st.text(alphabet='ا ب.؟!"“”)(…1a\n،', max_size=40))
def test_sentences_are_the_text_at_their_spans_in_order_without_overlap(text: str) -> None:
    article = Article(id="a", text=text)
    end = 0
    for sentence in split(article, clean(article)):
        assert (
            text[sentence.span.start : sentence.span.end] == sentence.text == sentence.text.strip()
        )
        assert sentence.text
        assert sentence.span.start >= end
        end = sentence.span.end


def test_no_word_of_a_body_is_lost() -> None:
    if not SHARED.exists():
        pytest.skip("the folder of shared articles is not here")
    for article in read_articles(SHARED / "articles"):
        segments = clean(article)
        sentences = split(article, segments)
        for number, segment in enumerate(segments):
            if segment.kind is SegmentKind.BODY:
                own = " ".join(s.text for s in sentences if s.paragraph == number)
                assert own.split() == _words(article.text[slice(*segment.span)])


def _words(text: str) -> list[str]:
    return text.replace("الرقة.يذكر", "الرقة. يذكر").split()
