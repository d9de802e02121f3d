"""Say in words what a database refuses, and what to do: at one place, for every query."""

import sqlite3
from pathlib import Path
from typing import Any, NoReturn

from sqlalchemy import Engine, event
from sqlalchemy.engine import ExceptionContext

from dashboard.store.base import StoreError

ADVICE = {
    "locked": "another program has been writing to it for too long; wait until that has finished, "
    "or end it, and try again",
    "full": "the disk is full; make room and try again: what was kept before is kept",
    "gone": "its file or tables are gone or may not be written; put the file back, or give the "
    "path of a store that is there",
    "damaged": "the file is damaged; see what maaqil db check says and go back to a copy of it",
    "away": "the database server does not answer; see whether it runs, and whether the address is "
    "right",
    "other": "nothing was changed; try again, and see what maaqil db check says",
}
"""What to do, by the kind of trouble."""

_SAID = (
    ("locked", ("locked", "lock timeout", "deadlock detected")),
    ("full", ("disk is full", "no space left", "disk full")),
    ("damaged", ("malformed", "not a database", "disk i/o error")),
    ("gone", ("no such table", "readonly database", "unable to open", "does not exist",
              "read-only", "permission denied")),
    ("away", ("network error", "can't create a connection", "connection refused",
              "connection is closed", "connection reset", "broken pipe",
              "terminating connection", "shutting down")),
)  # fmt: skip


def tell_errors(engine: Engine, name: str) -> None:
    """Let every error of the database leave an engine as a StoreError that names the store."""

    def refuse(context: ExceptionContext) -> None:
        error = context.original_exception
        driver = engine.dialect.loaded_dbapi
        if isinstance(error, (driver.Error, OSError)) and not context.is_pre_ping:
            told = store_error(name, error)
            if told.kind == "away":  # then the pool gives no such connection again
                context.is_disconnect = True
            raise told from error

    event.listen(engine, "handle_error", refuse)


def never_make_again(engine: Engine, name: str) -> None:
    """Refuse to connect to an SQLite file that went away: SQLite would make an empty one."""
    file = engine.url.database

    def look(*_: object) -> None:
        if file and not Path(file).is_file():
            raise StoreError(f"{name}: {ADVICE['gone']}", kind="gone")

    event.listen(engine, "do_connect", look)


def store_error(name: str, error: BaseException) -> StoreError:
    """Give what to say of a driver's error."""
    said = _said(error)
    kind = _kind(error, said.lower())
    return StoreError(f"{name}: {said}; {ADVICE[kind]}", kind=kind)


def refuse(name: str, error: BaseException) -> NoReturn:
    """Raise a driver's error, of a connection used past the engine, as a StoreError."""
    raise store_error(name, error) from error


def _kind(error: BaseException, said: str) -> str:
    if isinstance(error, sqlite3.Error):
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            return "locked"
        if code == sqlite3.SQLITE_FULL:
            return "full"
    return next((kind for kind, words in _SAID if any(word in said for word in words)), "other")


def _said(error: BaseException) -> str:
    """Give the sentence of a driver's error; pg8000 gives a table of its parts."""
    parts: Any = error.args[0] if error.args and not isinstance(error, OSError) else error
    return str(parts.get("M", parts) if isinstance(parts, dict) else parts)
