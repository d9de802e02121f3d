"""The sample dispatches, read once into a store that every test of the page shares."""

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def sample_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the path of a store that holds the sample."""
    from dashboard.extraction import extract_events, read_articles
    from dashboard.sample import sample_folder
    from dashboard.store import open_store

    path = tmp_path_factory.mktemp("sample") / "sample.db"
    store = open_store(str(path))
    for article in read_articles(sample_folder()):
        store.save(article, extract_events(article))
    return path
