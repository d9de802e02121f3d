"""Cut what a table or headline names into the place and the places around it."""

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from gazetteer.arabic import AND, IN, TO, fold_name

# What stands between a place and its context; a hyphen only with blanks or between Arabic words.
_SIGNS = re.compile(
    r"[،,;؛/\\|()\[\]{}:+&\n«»\"]|\s[-–—]+\s|[–—]|(?<=[\u0600-\u06ff])-(?=[\u0600-\u06ff])"
)


class Cell(NamedTuple):
    """A folded name, what stands around it, and whether both are places of equal standing."""

    head: str
    around: tuple[str, ...]
    joined: bool = False


def cut_at_signs(name: str) -> Cell:
    """Cut a name at commas, slashes, dashes and brackets: the first is the place."""
    parts = [key for part in _SIGNS.split(name) if (key := fold_name(part))]
    return Cell(parts[0], tuple(parts[1:])) if parts else Cell("", ())


def cut_at_words(key: str, links: Collection[str]) -> Iterator[Cell]:
    """Cut a folded name at "in", "of the countryside of" ...: "X في Y", "X بريف Y", "X و Y".

    `links` are the phrases between a place and what it lies in or near. The first cut comes first.
    """
    words = key.split(" ")
    for at in range(1, len(words)):
        head = " ".join(words[:at])
        for length in (3, 2, 1):
            if at + length < len(words) and " ".join(words[at : at + length]) in links:
                yield Cell(head, (" ".join(words[at + length :]),))
                break
        else:
            word = words[at]
            if word == AND and at + 1 < len(words):
                yield Cell(head, (" ".join(words[at + 1 :]),), joined=True)
            elif word[0] in (AND, IN, TO) and len(word) > 3:
                rest = " ".join([word[1:], *words[at + 1 :]])
                yield Cell(head, (rest,), joined=word[0] == AND)


def cut_anywhere(key: str) -> Iterator[Cell]:
    """Cut a folded name of several words in two, the longest head first: "X Y"."""
    words = key.split(" ")
    for at in range(len(words) - 1, 0, -1):
        yield Cell(" ".join(words[:at]), (" ".join(words[at:]),))


def halve(key: str) -> str:
    """Give the half of a name that is written twice ("X X", "XX"), else the name."""
    bare = key.replace(" ", "")
    half = len(bare) // 2
    if half >= 3 and len(bare) % 2 == 0 and bare[:half] == bare[half:]:
        return key[: len(key) // 2].strip()
    return key
