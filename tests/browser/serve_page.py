"""Serve a page by our server: `serve_page.py STORE PORT SCRIPT BASE_PATH`; "" for the usual."""

import sys
from pathlib import Path

from dashboard import server

if __name__ == "__main__":
    store, port, script, base_path = sys.argv[1:]
    server.run(
        store,
        port=int(port),
        browser=False,
        base_path=base_path,
        script=Path(script) if script else server.SCRIPT,
    )
