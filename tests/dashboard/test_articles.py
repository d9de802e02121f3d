import json
import unicodedata
from datetime import date
from pathlib import Path

import pytest

from dashboard.extraction.article_files import ArticleError, count_files
from dashboard.extraction.articles import read_articles
from dashboard.extraction.web_page import days_of_url
from dashboard.model import Article

SHARED = Path(__file__).parents[2] / "../shared"
BODY = "قال شهود إن اشتباكات دارت يوم الخميس الماضي في مدينة الميادين شرقي سوريا، وإن السكان نزحوا."
PAGE = f"""<html><head><title>اشتباكات في الميادين - موقع التجربة</title>{{head}}</head><body>
<nav><a href="/">الرئيسية</a> <a href="/p">سياسة</a></nav>
<article><h1>اشتباكات في الميادين</h1><p>{BODY}</p>
<p>وأضاف الشهود أن الطرق إلى البلدة <a href="/x">مقطوعة</a> منذ يومين وأن الجسور مهدمة بالكامل.</p>
</article><footer>جميع الحقوق محفوظة</footer></body></html>"""


def read(path: Path) -> tuple[list[Article], list[tuple[str, str]]]:
    problems: list[tuple[str, str]] = []
    articles = read_articles(path, problem=lambda p, why: problems.append((p.name, why)))
    return list(articles), problems


def write_page(folder: Path, head: str, encoding: str = "utf-8") -> Path:
    path = folder / "page.html"
    path.write_bytes(PAGE.replace("{head}", head).encode(encoding))
    return path


def test_a_text_file_is_read_character_by_character(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"عنوان\n\n{BODY}\n", encoding="utf-8")
    (article,), problems = read(tmp_path / "a.txt")
    assert (article.id, article.text, article.file) == ("a", f"عنوان\n\n{BODY}\n", "a.txt")
    assert article.published is None
    assert not problems


def test_text_is_nfc_and_line_ends_are_one_character_before_offsets_count(tmp_path: Path) -> None:
    apart = unicodedata.normalize("NFD", "أعلن الجيش")
    (tmp_path / "a.txt").write_bytes(f"\ufeff{apart}\r\nثم\rعاد".encode())
    (article,), _ = read(tmp_path)
    assert article.text == "أعلن الجيش\nثم\nعاد"


def test_a_text_file_saved_as_utf_16_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(BODY.encode("utf-16"))
    assert read(tmp_path)[0][0].text == BODY


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_manifest_gives_day_title_source_and_address(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "a.txt").write_text(BODY, encoding="utf-8")
    (tmp_path / "b.txt").write_text(BODY + ".", encoding="utf-8")
    (tmp_path / "manifest.csv").write_text(
        "file,published,title,source,url,note\n"
        'a.txt,2017-10-27,"عنوان، بفاصلة",رويترز,https://example.org/x,\n'
        "b,,,,https://example.org/2017/11/4/y,no day but in the address\n",
        encoding=encoding,
    )
    (first, second), problems = read(tmp_path)
    assert not problems
    assert first.published == date(2017, 10, 27)
    assert (first.title, first.source) == ("عنوان، بفاصلة", "رويترز")
    assert [shown.where for shown in first.shown] == ["manifest"]
    assert second.published == date(2017, 11, 4)
    assert [shown.where for shown in second.shown] == ["url"]


def test_a_bad_day_in_a_manifest_is_told_with_its_line_and_the_article_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(BODY, encoding="utf-8")
    manifest = "file,published,source\nz.txt,2017-01-01,x\na.txt,27.10.2017,رويترز\n"
    (tmp_path / "manifest.csv").write_text(manifest, encoding="utf-8")
    (article,), problems = read(tmp_path)
    assert (article.published, article.source) == (None, "رويترز")
    assert [name for name, _ in problems] == ["manifest.csv"]
    assert "line 3: a.txt: published '27.10.2017'" in problems[0][1]


def test_what_cannot_be_read_is_told_by_name_and_the_rest_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("الميادين".encode("cp1256"))
    (tmp_path / "b.txt").write_bytes(b" \n")
    (tmp_path / "c.txt").write_text(BODY, encoding="utf-8")
    (tmp_path / "d.html").write_text("<html><body></body></html>", encoding="utf-8")
    (tmp_path / "e.txt").write_bytes(b"a\0b")
    (tmp_path / "notes.md").write_text("ignored", encoding="utf-8")
    articles, problems = read(tmp_path)
    assert [article.id for article in articles] == ["c"]
    told = dict(problems)
    assert sorted(told) == ["a.txt", "b.txt", "d.html", "e.txt"]
    assert "save it as UTF-8" in told["a.txt"]
    assert "empty" in told["b.txt"]
    assert count_files(tmp_path) == 5


def test_without_a_listener_the_first_problem_is_raised_with_the_path(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"")
    with pytest.raises(ArticleError, match=r"a\.txt: is empty"):
        list(read_articles(path))


@pytest.mark.parametrize("name", ["nowhere", "picture.png"])
def test_a_path_that_is_no_article_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / "picture.png").write_bytes(b"x")
    articles, problems = read(tmp_path / name)
    assert not articles
    assert len(problems) == 1


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    assert "no articles" in read(tmp_path)[1][0][1]


def test_a_file_of_json_lines_holds_an_article_a_line(tmp_path: Path) -> None:
    rows = [
        {"id": "x1", "text": BODY, "title": "t", "published": "2017-10-27T08:00:00+03:00"},
        {"text": BODY, "source": "s", "url": "https://example.org/2020/01/02/a"},
    ]
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    lines[1:1] = ["{broken", "", '{"id": "no text"}', '{"text": "a", "published": "soon"}']
    (tmp_path / "many.jsonl").write_text("\n".join(lines), encoding="utf-8")
    articles, problems = read(tmp_path)
    assert [article.id for article in articles] == ["x1", "many:6"]
    assert [article.published for article in articles] == [date(2017, 10, 27), date(2020, 1, 2)]
    assert [why.split(":")[0] for _, why in problems] == ["line 2", "line 4", "line 5"]
    assert count_files(tmp_path) == 5


def test_two_articles_never_share_an_id(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    for path in (tmp_path / "a.txt", tmp_path / "sub/a.txt"):
        path.write_text(BODY, encoding="utf-8")
    articles, problems = read(tmp_path)
    assert [article.file for article in articles] == ["a.txt"]
    assert "id 'a'" in problems[0][1]


HEADS = {
    "json-ld": (
        '<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle",'
        '"datePublished":"2017-10-26T23:30:00+03:00"}]}</script>',
        "html json-ld",
    ),
    "meta": ('<meta property="article:published_time" content="2017-10-26T10:00">', "html meta"),
    "url": ('<link rel="canonical" href="https://example.org/2017/10/26/a.html">', "url"),
}


@pytest.mark.parametrize("way", HEADS)
def test_a_page_shows_its_day(tmp_path: Path, way: str) -> None:
    head, where = HEADS[way]
    (article,), problems = read(write_page(tmp_path, head))
    assert not problems
    assert article.published == date(2017, 10, 26)
    assert where in [shown.where for shown in article.shown]


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://example.org/news/20171026-x", date(2017, 10, 26)),
        ("https://example.org/2017-1-6.html?d=2020-01-01", date(2017, 1, 6)),
        ("https://example.org/2017/13/40/x", None),
        ("https://example.org/article/201710261", None),
        ("https://example.org/2017/10/x", None),
    ],
)
def test_an_address_shows_a_day_only_where_it_spells_one(url: str, day: date | None) -> None:
    shown = days_of_url(url)
    assert [s.day for s in shown] == ([day] if day else [])


def test_a_page_becomes_its_title_and_paragraphs_without_its_menus(tmp_path: Path) -> None:
    (article,), _ = read(write_page(tmp_path, '<meta property="og:site_name" content="موقع">'))
    lines = article.text.splitlines()
    assert lines[:2] == ["اشتباكات في الميادين", BODY]
    assert "البلدة مقطوعة منذ" in lines[2]
    assert "الرئيسية" not in article.text
    assert (article.title, article.source) == ("اشتباكات في الميادين", "موقع")
    assert article.published is None


def test_a_page_in_a_declared_charset_is_read(tmp_path: Path) -> None:
    path = write_page(tmp_path, '<meta charset="windows-1256">', "cp1256")
    assert BODY in read(path)[0][0].text


def test_the_manifest_outranks_the_page_and_both_days_are_kept(tmp_path: Path) -> None:
    write_page(tmp_path, HEADS["meta"][0])
    (tmp_path / "manifest.csv").write_text("file,published\npage.html,2017-10-27\n", "utf-8")
    (article,), _ = read(tmp_path)
    assert article.published == date(2017, 10, 27)
    assert [(s.day.day, s.where) for s in article.shown] == [(27, "manifest"), (26, "html meta")]


def test_the_gold_counts_in_the_text_as_read() -> None:
    if not SHARED.exists():
        pytest.skip("the folder of shared articles is not here")
    articles = {article.id: article for article in read_articles(SHARED / "articles")}
    assert len(articles) == 5
    for name in ("toponyms", "timex"):
        for line in (SHARED / f"gold/{name}.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            assert articles[row["article"]].text[row["start"] : row["end"]] == row["text"]
