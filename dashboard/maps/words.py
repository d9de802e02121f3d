"""The words on the map itself, in English and Arabic."""

import functools
import tomllib
from pathlib import Path

LANGUAGES = ("en", "ar")
FILE = Path(__file__).parent / "words.toml"


@functools.cache
def _tables() -> dict[str, dict[str, dict[str, str]]]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def word(key: str, lang: str) -> str:
    """Give the words for `key` ("layer.events") in a language; KeyError where there are none."""
    table, name = key.split(".")
    return _tables()[table][name][lang]


def words(table: str, lang: str) -> dict[str, str]:
    """Give all words of one table in a language, by their names."""
    return {name: texts[lang] for name, texts in _tables()[table].items()}
