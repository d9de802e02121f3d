"""Read the toponyms of an article: the one call that the extraction of events makes."""

from collections.abc import Sequence

from gazetteer.index import Gazetteer
from gazetteer.load import default_gazetteer
from gazetteer.place import Toponym


def read_toponyms(
    text: str,
    *,
    gazetteer: Gazetteer | None = None,
    sentences: Sequence[tuple[int, int]] | None = None,
    nested: bool = False,
) -> list[Toponym]:
    """Find the place names of a text and resolve them in the context of the whole, in order.

    Literal names, computed positions ("45 km south-east of X") and words that stand for a place
    named before ("there") have a place, or candidates where they stay ambiguous. Demonyms and
    names of organisations, media, operations and persons are given too, with place None, so that
    nobody takes them for places. Toponyms do not overlap, unless `nested`: then a computed
    position is followed by the name that it is reckoned from, which lies inside its span.
    `sentences` are half-open offsets; with them, a word that stands for a place prefers the
    places of its own sentence and the one before.
    """
    return (gazetteer or default_gazetteer()).read(text, sentences=sentences, nested=nested)
