"""Serve the page on this machine: our files, safe headers, settings that need no network."""

import errno
import os
import re
import socket
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import streamlit
from starlette.applications import Starlette
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.maps.assets import PREFIX, asset_folders, names_json
from dashboard.maps.draw import tile_host

SCRIPT = Path(__file__).with_name("app.py")
STORE_VARIABLE = "MAAQIL_STORE"
TILES_VARIABLE = "MAAQIL_ONLINE_TILES"
ARABIC = "U+0600-06FF, U+0750-077F, U+FB50-FDFF, U+FE70-FEFC"

# The same settings stand in .streamlit/config.toml, for `streamlit run`; a test holds them equal.
SETTINGS: dict[str, Any] = {
    "browser.gatherUsageStats": False,
    "client.showErrorDetails": "none",
    "client.showErrorLinks": False,  # they would lead to search engines
    "client.toolbarMode": "minimal",
    "server.address": "127.0.0.1",
    "server.fileWatcherType": "none",
    "server.maxUploadSize": 20,
    "theme.base": "light",
    "theme.primaryColor": "#8a4b16",
    "theme.backgroundColor": "#fdfcfa",
    "theme.secondaryBackgroundColor": "#f3efe8",
    "theme.textColor": "#1c1917",
    "theme.borderColor": "#d6cfc2",
    "theme.linkColor": "#7a3f0f",
    "theme.linkUnderline": True,
    "theme.showWidgetBorder": True,
    "theme.baseRadius": "small",
    "theme.font": "'Source Sans', 'Noto Sans Arabic', sans-serif",
    "theme.fontFaces": [
        {
            "family": "Noto Sans Arabic",
            "url": f"{PREFIX}/fonts/noto-sans-arabic-arabic-{weight}-normal.woff2",
            "weight": str(weight),
            "style": "normal",
            "unicodeRange": ARABIC,
        }
        for weight in (400, 700)
    ],
}


class SafeHeaders:
    """Add to every answer the headers that keep the page to this machine.

    The browser itself then refuses what an article's text might smuggle in: a script, a picture or
    a request elsewhere. `images` are the origins of tile servers that the user chose.
    """

    def __init__(self, app: ASGIApp, images: Iterable[str] = ()) -> None:
        self.app = app
        self.images = " ".join(images)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and add the headers to the start of the answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        policy = content_policy(Headers(scope=scope).get("host", ""), self.images)

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Content-Security-Policy"] = policy
                headers["X-Content-Type-Options"] = "nosniff"
                headers["Referrer-Policy"] = "no-referrer"
                headers["Permissions-Policy"] = "geolocation=(), camera=(), microphone=()"
            await send(message)

        await self.app(scope, receive, send_safely)


def content_policy(host: str, images: str = "") -> str:
    """Write the Content-Security-Policy for a host; Streamlit needs the words with `unsafe`."""
    sockets = f" ws://{host} wss://{host}" if re.fullmatch(r"[\w.:\[\]-]+", host) else ""
    rules = {
        "default-src": "'self'",
        "script-src": "'self' 'unsafe-inline' 'unsafe-eval' 'wasm-unsafe-eval' blob:",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": f"'self' data: blob: {images}".rstrip(),
        "font-src": "'self' data:",
        "connect-src": f"'self' data: blob:{sockets}",
        "frame-src": "'self'",
        "object-src": "'none'",
        "base-uri": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'self'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def asset_routes() -> list[Mount]:
    """Give the routes of the map's files, under whatever `server.baseUrlPath` there is."""

    async def names(request: Request) -> Response:  # noqa: ARG001 - Starlette's signature
        return Response(names_json(), media_type="application/json")

    files = Starlette(
        routes=[
            Route("/names.json", names),
            *(
                Mount(f"/{name}", StaticFiles(directory=folder))
                for name, folder in asset_folders().items()
            ),
        ]
    )
    return [Mount(f"/{PREFIX}", files), Mount(f"/{{base:path}}/{PREFIX}", files)]


def build_app(
    store: str, *, online_tiles: str | None = None, script: Path = SCRIPT
) -> streamlit.App:
    """Build the ASGI application; one a process.

    The page learns of `store` and `online_tiles` by the environment variables MAAQIL_STORE and
    MAAQIL_ONLINE_TILES. Raises ValueError where `online_tiles` is no tile address.
    """
    images = [tile_origin(online_tiles)] if online_tiles else []
    os.environ[STORE_VARIABLE] = store
    os.environ[TILES_VARIABLE] = online_tiles or ""
    return streamlit.App(
        script,
        routes=asset_routes(),
        middleware=[Middleware(SafeHeaders, images=images)],
    )


def run(
    store: str,
    *,
    address: str = "127.0.0.1",
    port: int = 8501,
    online_tiles: str | None = None,
    browser: bool = True,
    base_path: str = "",
    script: Path = SCRIPT,
) -> None:
    """Serve the page until stopped; `port` 0 takes a free one, `browser` opens a window.

    `base_path` is what stands before every address, behind a proxy ("desk/maaqil").
    Raises OSError where the port is in use, ValueError where `online_tiles` is no tile address.
    """
    app = build_app(store, online_tiles=online_tiles, script=script)
    options = {
        **SETTINGS,
        "server.address": address,
        "server.baseUrlPath": base_path,
        "server.port": free_port(address, port),
        "server.headless": not browser,
    }
    app.run(config=options)


def free_port(address: str, port: int) -> int:
    """Give the port if it is free, a free one for 0; OSError says what to do where it is not."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        if os.name == "posix":  # as Streamlit binds it: a port that lingers is free
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise OSError(
                    f"port {port} at {address} is in use: stop the program that holds it, or give "
                    "another port (--port 0 takes a free one)"
                ) from error
            raise OSError(f"cannot serve at {address}, port {port}: {error.strerror}") from error
        return int(probe.getsockname()[1])


def tile_origin(online_tiles: str) -> str:
    """Give the origin whose pictures the browser may load; {s} stands for any subdomain."""
    host = tile_host(online_tiles)
    scheme = online_tiles.split(":", 1)[0]
    return f"{scheme}://{host.replace('{s}', '*')}"
