"""A PostgreSQL of our own: in a temporary folder, on a free port of this machine, for tests.

Needs PostgreSQL and PostGIS as Debian packages them (postgresql, postgresql-15-postgis-3) and the
driver pg8000. PostgreSQL refuses to run as root: then it runs as the user postgres.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

DEBIAN = Path("/usr/lib/postgresql")
USER = "postgres"
START_SECONDS = 60


def missing() -> str | None:
    """Say what is missing for a server; None: nothing is."""
    folder = _programs()
    if folder is None:
        return "PostgreSQL is not installed: apt-get install postgresql postgresql-15-postgis-3"
    if not list(Path(f"/usr/share/postgresql/{folder.parent.name}/extension").glob("postgis.*")):
        return (
            f"PostGIS is not installed: apt-get install postgresql-{folder.parent.name}-postgis-3"
        )
    if find_spec("pg8000") is None:
        return "pg8000 is not installed: it comes with maaqil[postgres]"
    if os.geteuid() == 0 and USER not in {user.pw_name for user in pwd.getpwall()}:
        return f"root cannot run PostgreSQL, and there is no user {USER}"
    return None


@contextmanager
def running() -> Iterator[str]:
    """Run a server and give its address but for the name of a database, with "/" at its end."""
    programs = _programs()
    assert programs, missing()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder = Path(tempfile.mkdtemp(prefix="maaqil-postgres-"))
    as_user: dict[str, Any] = {}
    if os.geteuid() == 0:
        shutil.chown(folder, USER)
        as_user = {"user": USER, "group": USER, "extra_groups": []}
    data, log = folder / "data", (folder / "log").open("wb")
    make = [programs / "initdb", "-D", data, "-U", USER, "--auth=trust", "--encoding=UTF8",
            "--locale=C.UTF-8", "--no-sync"]  # fmt: skip
    start = [programs / "postgres", "-D", data, "-p", str(port), "-h", "127.0.0.1",
             "-k", folder, "-c", "fsync=off"]  # fmt: skip
    server = None
    try:
        options = {"cwd": folder, "stdout": log, "stderr": log, **as_user}
        subprocess.run(make, check=True, **options)  # noqa: S603 - Debian's own program
        server = subprocess.Popen(start, **options)  # noqa: S603 - as above
        _wait(server, port, folder / "log")
        yield f"postgresql://{USER}@127.0.0.1:{port}/"
    finally:
        if server:
            server.send_signal(signal.SIGINT)  # its fast shutdown
            server.wait(30)
        log.close()
        shutil.rmtree(folder)


def _programs() -> Path | None:
    """Give the folder of the newest PostgreSQL."""
    found = [path.parent for path in DEBIAN.glob("*/bin/initdb")]
    if not found and (path := shutil.which("initdb")):
        return Path(path).parent
    return max(found, key=lambda folder: int(folder.parent.name), default=None)


def _wait(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    import pg8000.dbapi

    until = time.monotonic() + START_SECONDS
    while True:
        if server.poll() is not None or time.monotonic() > until:
            raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text('utf-8')}")
        try:
            pg8000.dbapi.connect(USER, host="127.0.0.1", port=port).close()
        except pg8000.dbapi.Error:
            time.sleep(0.1)
        else:
            return
