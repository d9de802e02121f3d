"""Importers read what other gazetteers give, mend it, and say plainly what is wrong with it."""

import threading
import zipfile
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from gazetteer.importers.geonames import download, read_geonames
from gazetteer.importers.spellings import sort_arabic
from gazetteer.importers.whosonfirst import read_whosonfirst
from gazetteer.place import PlaceKind


def line(number: int, name: str, alternates: str, feature: str = "P", code: str = "PPL") -> str:
    cells = [str(number), name, name, alternates, "35.1", "40.2", feature, code, "SY", "", "07"]
    return "\t".join([*cells, "", "", "", "0", "", "200", "Asia/Damascus", "2020-01-01"])


LINES = [
    line(1, "Testah", "Testah,تستة,Тест"),
    line(167483, "Mihqan", "محقن"),
    line(2, "No Arabic", "Nothing"),
    line(3, "Old place", "خربة", code="PPLQ"),
    line(4, "Some dam", "سد تستة", feature="S", code="DAM"),
]


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    path = tmp_path / "SY.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("SY.txt", "\n".join(LINES) + "\n")
        archive.writestr("readme.txt", "about")
    return path


def test_a_dump_gives_the_places_with_arabic_names_mended(dump: Path) -> None:
    places = list(read_geonames([dump], print))
    assert [(p.id, p.name, p.kind) for p in places] == [
        ("sy-gn1", "تستة", PlaceKind.VILLAGE),
        ("sy-gn167483", "محكان", PlaceKind.VILLAGE),
        ("sy-gn4", "سد تستة", PlaceKind.DAM),
    ]
    assert all("CC BY 4.0" in place.source for place in places)


def test_what_is_no_dump_is_refused_by_name(tmp_path: Path) -> None:
    wrong = tmp_path / "SY.zip"
    wrong.write_bytes(b"not a zip")
    with pytest.raises(ValueError, match=r"SY\.zip: not a zip file"):
        list(read_geonames([wrong], print))
    with zipfile.ZipFile(wrong, "w") as archive:
        archive.writestr("other.txt", "")
    with pytest.raises(ValueError, match=r"holds no SY\.txt"):
        list(read_geonames([wrong], print))
    text = tmp_path / "SY.txt"
    text.write_text("one\ttwo\n", "utf-8")
    with pytest.raises(ValueError, match="line 1: not a line of a GeoNames dump"):
        list(read_geonames([text], print))


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def site(dump: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(dump.parent)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def test_a_dump_is_downloaded_with_progress(site: str, tmp_path: Path) -> None:
    told: list[str] = []
    folder = tmp_path / "down"
    folder.mkdir()
    path = download("SY", folder, told.append, address=site)
    assert len(list(read_geonames([path], print))) == 3
    assert told
    assert told[-1].startswith("SY.zip: ")


def test_a_download_without_a_network_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ConnectionError, match="give its path"):
        download("SY", tmp_path, print, address="http://127.0.0.1:9/")


def test_a_table_of_whos_on_first_gives_localities_with_arabic_names(tmp_path: Path) -> None:
    path = tmp_path / "wof.csv"
    header = "wof_id,country,placetype,name,names_ar,lat,lon,population,geonames_id,deprecated"
    rows = [
        "1,SY,locality,Testah,تستة|تستا,35.1,40.2,,,0",
        "2,SY,locality,Al Hawl,الحول,36.39,41.15,,173797,0",
        "3,SY,county,Some County,منطقة,35,40,,,0",
        "4,SY,locality,Gone,ذاهبة,35,40,,,1",
        "5,SY,locality,Large,كبيرة,35,40,250000,,0",
    ]
    path.write_text("\n".join([header, *rows]) + "\n", "utf-8")
    places = list(read_whosonfirst([path], print))
    assert [(p.id, p.name, p.kind) for p in places] == [
        ("sy-wof1", "تستة", PlaceKind.VILLAGE),
        ("sy-wof2", "الهول", PlaceKind.VILLAGE),
        ("sy-wof5", "كبيرة", PlaceKind.CITY),
    ]
    assert places[0].spellings == ("تستا",)
    path.write_text("wof_id,name\n1,x\n", "utf-8")
    with pytest.raises(ValueError, match="the column 'country' is missing"):
        list(read_whosonfirst([path], print))
    with pytest.raises(ValueError, match="give the path"):
        list(read_whosonfirst([], print))


def test_the_usual_arabic_name_stands_first_and_other_scripts_fall_away() -> None:
    names = ["فطسة الثيب", "Al Karamah", "الكرامة", "الكرامه", "کرامة"]
    assert sort_arabic(names, "Al Karāmah") == ["الكرامة", "فطسة الثيب"]
