"""The server: safe headers, settings without a network, clear words about ports."""

import asyncio
import os
import re
import socket
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import unquote

import pytest
from starlette.applications import Starlette

from dashboard import server
from dashboard.maps.assets import SCRIPTS, STYLES

ROOT = Path(__file__).parents[2]


class Client:
    """Ask an ASGI application for an address; Starlette's own client needs a further package."""

    def __init__(self, app: object) -> None:
        self.app = app

    def get(self, address: str) -> SimpleNamespace:
        sent = []
        scope = {
            "type": "http",
            "method": "GET",
            "path": unquote(address),
            "raw_path": address.encode(),
            "root_path": "",
            "query_string": b"",
            "headers": [(b"host", b"127.0.0.1:8501")],
        }

        async def receive() -> dict:
            await asyncio.Event().wait()  # nobody hangs up
            return {"type": "http.disconnect"}

        async def send(message: dict) -> None:
            sent.append(message)

        with ThreadPoolExecutor(1) as pool:  # Playwright keeps a loop in the tests' own thread
            pool.submit(lambda: asyncio.run(self.app(scope, receive, send))).result()
        headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
        content = b"".join(message.get("body", b"") for message in sent[1:])
        return SimpleNamespace(status_code=sent[0]["status"], headers=headers, content=content)


@pytest.fixture
def client() -> Client:
    return Client(server.SafeHeaders(Starlette(routes=server.asset_routes())))


def test_the_settings_are_those_of_the_config_file() -> None:
    config = tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))
    flat = {
        f"{table}.{key}": value for table, keys in config.items() for key, value in keys.items()
    }
    assert flat == server.SETTINGS


def test_the_settings_need_no_network() -> None:
    assert server.SETTINGS["browser.gatherUsageStats"] is False
    assert server.SETTINGS["server.address"] == "127.0.0.1"
    assert "//" not in str(server.SETTINGS)


@pytest.mark.parametrize("prefix", ["", "/desk", "/desk/maaqil"])
@pytest.mark.parametrize("address", [*SCRIPTS, *STYLES, "names.json", "basemap/rivers.geojson"])
def test_every_file_of_the_map_is_served_under_any_base_path(client, prefix, address) -> None:
    answer = client.get(f"{prefix}/map-assets/{address}")
    assert answer.status_code == 200
    assert answer.content


@pytest.mark.parametrize(
    "address", ["basemap/../make.py", "static/%2e%2e/words.toml", "nothing.js"]
)
def test_nothing_else_is_served(client, address) -> None:
    assert client.get(f"/map-assets/{address}").status_code == 404


def test_every_answer_carries_the_headers(client) -> None:
    headers = client.get("/map-assets/names.json").headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "default-src 'self';" in headers["content-security-policy"]
    assert (
        headers["content-security-policy"]
        == client.get("/nothing").headers["content-security-policy"]
    )


def test_the_policy_names_no_other_host() -> None:
    policy = server.content_policy("127.0.0.1:8501")
    hosts = set(re.findall(r"\w+://[^\s;]+", policy))
    assert hosts == {"ws://127.0.0.1:8501", "wss://127.0.0.1:8501"}


@pytest.mark.parametrize("host", ["", "a; script-src *", "a b", "a\r\nX: y", "a,b"])
def test_a_forged_host_does_not_reach_the_policy(host: str) -> None:
    assert "ws:" not in server.content_policy(host)


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("https://tile.example/{z}/{x}/{y}.png", "https://tile.example"),
        ("http://127.0.0.1:8080/t/{z}/{x}/{y}.png", "http://127.0.0.1:8080"),
        ("https://{s}.tile.example/{z}/{x}/{y}.png?k=1", "https://*.tile.example"),
    ],
)
def test_only_the_tile_server_chosen_is_allowed(address: str, origin: str) -> None:
    assert server.tile_origin(address) == origin
    assert f"img-src 'self' data: blob: {origin};" in server.content_policy("h", origin)


@pytest.mark.parametrize(
    "address", ["https://a.example; script-src */{z}/{x}/{y}", "https://a b/{z}/{x}/{y}", "x"]
)
def test_a_tile_address_cannot_widen_the_policy(address: str) -> None:
    with pytest.raises(ValueError, match="no tile address"):
        server.tile_origin(address)


def test_a_port_in_use_is_told_clearly() -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        with pytest.raises(OSError, match=f"port {port} at 127.0.0.1 is in use: stop the program"):
            server.free_port("127.0.0.1", port)


def test_port_nought_takes_a_free_one() -> None:
    port = server.free_port("127.0.0.1", 0)
    assert server.free_port("127.0.0.1", port) == port > 0


def test_an_address_that_is_not_here_is_told_clearly() -> None:
    with pytest.raises(OSError, match=r"cannot serve at 192\.0\.2\.1"):
        server.free_port("192.0.2.1", 0)


def test_the_page_learns_of_store_and_tiles_by_the_environment(monkeypatch) -> None:
    monkeypatch.setattr(os, "environ", {})
    monkeypatch.setattr(server.streamlit, "App", lambda script, **options: (script, options))
    script, options = server.build_app("some.db")
    assert os.environ == {"MAAQIL_STORE": "some.db", "MAAQIL_ONLINE_TILES": ""}
    assert script == ROOT / "dashboard/app.py"
    assert options["middleware"][0].cls is server.SafeHeaders
