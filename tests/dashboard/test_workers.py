"""Reading in several processes gives what one gives, in few pieces at a time, whoever dies."""

import shutil
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from contextlib import closing, nullcontext
from pathlib import Path

import pytest

from dashboard import reading
from dashboard.extraction.article_files import RawArticle, find_raw
from dashboard.sample import sample_folder
from dashboard.store import Filters, open_store
from dashboard.workers import Chunk, Engine, chunks, here, pool, read_chunk, read_in_order
from dashboard.workers.in_order import WorkersDieError
from tests.dashboard import counted_reads

SOME = 17


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with some dispatches of the sample, one twice, and one that is no text."""
    folder = tmp_path_factory.mktemp("articles")
    names = sorted(sample_folder().glob("*.txt"))[:SOME]
    for path in (*names, sample_folder() / "manifest.csv"):
        shutil.copy(path, folder)
    (folder / "010_broken.txt").write_bytes(b"text \x81\xff")
    (folder / "later").mkdir()
    shutil.copy(names[0], folder / "later")
    return folder


@pytest.fixture
def copy(folder: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(folder, tmp_path / "articles"))


class Told:
    """What a reading told: problems, notes and event ids in order."""

    def __init__(self) -> None:
        self.problems: list[tuple[str, str]] = []
        self.notes: list[str] = []
        self.events: list[str] = []

    def read(self, folder: Path, engine: Engine, **more: object) -> reading.Outcome:
        step = nullcontext(lambda **_: None)
        values: dict[str, object] = {"store": None, "progress": lambda _: step, **more}
        with closing(engine):
            return reading.read_events(
                (folder,),
                problem=lambda path, why: self.problems.append((path.name, why)),
                tell=lambda event, article: self.events.append(f"{article.id} {event.id}"),
                engine=engine,
                note=self.notes.append,
                **values,  # type: ignore[arg-type]  # a test names what it means
            )


def reads(path: Path) -> list[str]:
    return [line.split()[1] for line in path.read_text().splitlines()] if path.exists() else []


@pytest.fixture
def counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[str]]:
    """Give what tells which articles `counted_reads.counting` read."""
    monkeypatch.setenv(counted_reads.READS, str(tmp_path / "reads"))
    return lambda: reads(tmp_path / "reads")


def test_two_workers_give_what_one_gives_in_the_same_order(folder: Path) -> None:
    one, two = Told(), Told()
    alone, both = one.read(folder, here()), two.read(folder, pool(2))
    assert two.events == one.events
    assert two.problems == one.problems
    assert both == alone
    assert (both.articles, both.problems) == (SOME, 2)
    assert dict(one.problems)["001_raqqa_rebels.txt"].endswith("give each article its own")


class Counting(Executor):
    """Runs nothing until a result is asked for, and counts what is in flight."""

    def __init__(self) -> None:
        self.flying = self.most = 0

    def submit(self, run: Callable[..., object], /, *given: object) -> Future[object]:  # type: ignore[override]  # the engine gives no keywords
        outer = self

        class Later(Future[object]):
            def result(self, timeout: float | None = None) -> object:
                del timeout
                outer.flying -= 1
                return run(*given)

        self.flying += 1
        self.most = max(self.most, self.flying)
        return Later()


def test_no_more_is_in_flight_or_asked_for_than_the_engine_takes(folder: Path) -> None:
    executor, asked, given = Counting(), 0, 0

    def counted(raws: Iterable[RawArticle]) -> Iterator[RawArticle]:
        nonlocal asked
        for raw in raws:
            asked += 1
            yield raw
            assert asked - given <= 3 * 4, "articles pile up"

    engine = Engine(make=lambda: executor, ahead=lambda: 3, size=4)
    for _ in read_in_order(engine, counted(find_raw(folder, problem=print)), note=print):
        given += 1
    assert given == asked == SOME + 2
    assert executor.most == 3
    assert executor.flying == 0


def test_a_chunk_of_large_pages_ends_early(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chunks, "CHUNK_BYTES", 1)
    raws = tuple(find_raw(folder, problem=print))
    assert [c.articles for c in chunks.cut(raws, size=8)] == [(raw,) for raw in raws]


def test_an_article_that_kills_its_worker_is_named_and_stops_nothing(copy: Path) -> None:
    shutil.copy(sample_folder() / "071_desert_undated.txt", copy / "killer.txt")
    told = Told()
    outcome = told.read(copy, pool(2, read=counted_reads.dying))
    assert dict(told.problems)["killer.txt"].startswith("the worker that read it died each time")
    assert (outcome.articles, outcome.problems) == (SOME, 3)
    assert any("a worker died" in note for note in told.notes)


def test_a_worker_that_dies_once_costs_no_article(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(counted_reads.READS, str(tmp_path / "reads"))
    told = Told()
    outcome = told.read(folder, pool(2, read=counted_reads.dying_once))
    assert (outcome.articles, outcome.problems) == (SOME, 2)
    assert any("read again, one by one" in note for note in told.notes)


def test_workers_that_always_die_end_the_reading_with_what_to_look_at(folder: Path) -> None:
    with pytest.raises(WorkersDieError, match="look whether memory is short"):
        Told().read(folder, pool(2, read=counted_reads.dying_always))


@pytest.mark.parametrize("form", ["files", "lines"])
def test_a_fault_of_the_rules_on_one_article_is_told_with_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    if form == "files":
        (tmp_path / "a.txt").write_text("نص أول", encoding="utf-8")
        (tmp_path / "b.txt").write_text("نص آخر", encoding="utf-8")
    else:
        lines = '{"id": "a", "text": "نص أول"}\n{"id": "b", "text": "نص آخر"}\n'
        (tmp_path / "all.jsonl").write_text(lines, encoding="utf-8")

    def extract(article):
        return [][0] if article.id == "b" else []

    monkeypatch.setattr(chunks, "extract_events", extract)
    told = Told()
    outcome = told.read(tmp_path, here())
    assert (outcome.articles, outcome.problems) == (1, 1)
    ((name, why),) = told.problems
    assert (name, why.partition("the rules fail")[0]) == (
        ("b.txt", "") if form == "files" else ("all.jsonl", "line 2: ")
    )
    assert "IndexError" in why


def test_a_worker_with_other_rules_reads_nothing() -> None:
    with pytest.raises(ValueError, match=r"reads by other rules .* install the same version"):
        read_chunk(Chunk(rules="of yesterday", articles=()))


def test_what_the_store_has_read_is_not_read_again(
    copy: Path, tmp_path: Path, counted: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    store, seen = str(tmp_path / "events.db"), 0

    def again(**more: object) -> tuple[reading.Outcome, list[str]]:
        nonlocal seen
        engine = here(read=counted_reads.counting)
        outcome = Told().read(copy, engine, store=store, **more)
        new, seen = counted()[seen:], len(counted())
        return outcome, new

    always = ["010_broken", "001_raqqa_rebels"]  # never stored: no text, and an id that is taken
    first, _ = again()
    assert (first.articles, first.changed, first.skipped) == (SOME, SOME, 0)
    second, read = again()
    assert (second.articles, second.skipped, read) == (0, SOME, always)
    assert f"{SOME} read before (--again reads them too)" in second.summary()

    with (copy / "002_abu_ghraib.txt").open("a", encoding="utf-8") as file:
        file.write("وقال شهود إن المدينة هادئة.\n")
    manifest = copy / "manifest.csv"
    text = manifest.read_text(encoding="utf-8")
    row = next(line for line in text.splitlines() if line.startswith("003"))
    manifest.write_text(text.replace(row, row + "x"), encoding="utf-8")
    third, read = again()
    assert set(read) - set(always) == {"002_abu_ghraib", "003_raqqa_capital"}
    assert (third.changed, third.skipped) == (2, SOME - 2)

    everything, _ = again(again=True)
    assert (everything.articles, everything.changed, everything.skipped) == (SOME, 0, 0)
    monkeypatch.setattr(reading, "rules_version", lambda: "of tomorrow")
    renewed, _ = again()
    assert (renewed.articles, renewed.changed) == (SOME, 0)
    with closing(open_store(store)) as kept:
        (mark,) = kept.marks(["004_fallujah_lost"]).values()
        assert kept.totals(Filters()).all_articles == SOME
    assert mark.startswith("of tomorrow")
