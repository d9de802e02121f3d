"""The gazetteer as a geopy geocoder, and the chain tried against a server on this machine."""

import json
import socket
import threading
import time
import warnings
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from geopy.adapters import URLLibAdapter
from geopy.exc import (
    ConfigurationError,
    GeocoderParseError,
    GeocoderQueryError,
    GeocoderServiceError,
    GeocoderTimedOut,
)
from geopy.geocoders import Nominatim, Photon

from gazetteer.geocode import GazetteerGeocoder, GeocoderChain, open_geocoder

UNKNOWN = "زقزقيق"  # no place


class Service(BaseHTTPRequestHandler):
    """A geocoding service that does as the test says."""

    behaviour = "answer"
    asked = 0

    def do_GET(self) -> None:
        type(self).asked += 1
        behaviour = self.behaviour
        if behaviour == "delay":
            time.sleep(1.5)
        if behaviour == "fail":
            self.send_error(500)
            return
        hit = {"lat": "35.5", "lon": "40.5", "display_name": "Somewhere"}
        bodies = {
            "nothing": "[]",
            "nonsense": "<html>busy",
            "shape": json.dumps([{"colour": "blue"}]),
            "range": json.dumps([{**hit, "lat": "abc"}]),
        }
        body = bodies.get(behaviour, json.dumps([hit])).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        try:
            self.wfile.write(body)
        except BrokenPipeError:
            return  # the client gave up, as it should

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def service() -> Iterator[str]:
    Service.behaviour, Service.asked = "answer", 0
    server = ThreadingHTTPServer(("127.0.0.1", 0), Service)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def chain(domain: str, **options: Any) -> GeocoderChain:
    online = Nominatim(
        domain=domain,
        scheme="http",
        user_agent="maaqil-test",
        timeout=0.5,
        adapter_factory=URLLibAdapter,  # the other one asks again by itself
    )
    settings = {"min_delay_seconds": 0.0, "max_retries": 0, "error_wait_seconds": 0.0, **options}
    return GeocoderChain([online], **settings)


def test_a_name_gives_a_location_with_its_place_in_raw() -> None:
    location = GazetteerGeocoder().geocode("الميادين")
    assert (round(location.latitude, 1), round(location.longitude, 1)) == (35.0, 40.5)
    assert location.raw["id"] == "sy-mayadin"
    assert location.raw["kind"] in ("city", "town")
    assert location.raw["provider"] == "maaqil-gazetteer"
    assert location.raw["radius_km"] > 0


def test_all_readings_come_as_a_list_and_none_as_none() -> None:
    geocoder = GazetteerGeocoder()
    found = geocoder.geocode("الرقة", exactly_one=False)
    assert {"sy-raqqa", "sy-raqqa-governorate"} <= {location.raw["id"] for location in found}
    assert geocoder.geocode(UNKNOWN) is None
    assert geocoder.geocode(UNKNOWN, exactly_one=False) is None
    assert geocoder.geocode("") is None


def test_a_country_after_a_comma_narrows_the_name() -> None:
    assert GazetteerGeocoder().geocode("القائم، العراق").raw["id"] == "iq-qaim"


def test_what_is_no_text_is_a_query_error() -> None:
    with pytest.raises(GeocoderQueryError, match="text"):
        GazetteerGeocoder().geocode(5)  # type: ignore[arg-type]  # on purpose


def test_the_nearest_place_of_a_point_comes_with_its_distance() -> None:
    geocoder = GazetteerGeocoder()
    nearest = geocoder.reverse((34.453, 40.92))
    assert nearest.raw["distance_km"] < 2
    assert geocoder.reverse("0, -150") is None
    several = geocoder.reverse("34.453, 40.92", exactly_one=False)
    distances = [location.raw["distance_km"] for location in several]
    assert distances == sorted(distances)
    assert "sy-abu-kamal" in {location.raw["id"] for location in several}
    with pytest.raises(GeocoderQueryError):
        geocoder.reverse("north of here")


def test_no_socket_is_opened_without_online_geocoders(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    geocoder = open_geocoder()
    assert geocoder.geocode("الموصل").raw["id"] == "iq-mosul"
    assert geocoder.geocode(UNKNOWN) is None


def test_an_online_geocoder_must_be_known() -> None:
    with pytest.raises(ConfigurationError, match="photon"):
        open_geocoder(["mapquest"])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert open_geocoder(["photon", "nominatim"]).geocode("الرقة").raw["id"] == "sy-raqqa"


def test_what_the_gazetteer_knows_is_not_asked_online(service: str) -> None:
    assert chain(service).geocode("تدمر").raw["provider"] == "maaqil-gazetteer"
    assert Service.asked == 0


def test_the_chain_falls_through_and_keeps_the_answer(service: str, tmp_path: Path) -> None:
    file = tmp_path / "answers.json"
    geocoder = chain(service, cache_file=file)
    for _ in range(3):
        location = geocoder.geocode(UNKNOWN)
        assert (location.latitude, location.raw["provider"]) == (35.5, "nominatim")
    assert Service.asked == 1
    assert chain(service, cache_file=file).geocode(UNKNOWN).latitude == 35.5
    assert Service.asked == 1, "the answer was not read back from the file"


def test_nothing_found_is_kept_only_for_its_lifetime(service: str) -> None:
    Service.behaviour = "nothing"
    geocoder = chain(service, negative_days=1)
    now = [1_000_000.0]
    geocoder.answers.now = lambda: now[0]
    assert geocoder.geocode(UNKNOWN) is None
    assert geocoder.geocode(UNKNOWN) is None
    assert Service.asked == 1
    now[0] += 2 * 86_400
    Service.behaviour = "answer"
    assert geocoder.geocode(UNKNOWN).latitude == 35.5
    assert Service.asked == 2


@pytest.mark.parametrize(
    ("behaviour", "error"),
    [
        ("fail", GeocoderServiceError),
        ("delay", GeocoderTimedOut),
        ("nonsense", GeocoderParseError),
        ("shape", GeocoderParseError),
        ("range", GeocoderParseError),
    ],
)
def test_a_failure_is_raised_and_never_kept(
    service: str, behaviour: str, error: type[Exception]
) -> None:
    geocoder = chain(service)
    Service.behaviour = behaviour
    with pytest.raises(error):
        geocoder.geocode(UNKNOWN)
    Service.behaviour = "answer"
    assert geocoder.geocode(UNKNOWN).latitude == 35.5


def test_a_second_geocoder_is_asked_where_the_first_fails(service: str) -> None:
    Service.behaviour = "answer"
    dead = Photon(domain="127.0.0.1:9", scheme="http", timeout=0.5)
    live = Nominatim(domain=service, scheme="http", user_agent="maaqil-test", timeout=2)
    geocoder = GeocoderChain([dead, live], min_delay_seconds=0, max_retries=0, error_wait_seconds=0)
    assert geocoder.geocode(UNKNOWN).raw["provider"] == "nominatim"
