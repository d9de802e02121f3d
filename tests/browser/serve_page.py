"""Serve a page by our server on a given port: `serve_page.py STORE PORT [SCRIPT]`."""

import sys
from pathlib import Path

from dashboard import server

if __name__ == "__main__":
    store, port, *script = sys.argv[1:]
    chosen = Path(script[0]) if script else server.SCRIPT
    server.run(store, port=int(port), browser=False, script=chosen)
