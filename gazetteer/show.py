"""Show an article with its place names marked, as plain text."""

from gazetteer.place import ToponymKind
from gazetteer.toponyms import read_toponyms


def mark_text(text: str) -> str:
    """Mark the place names of a text: [name|id confidence]; what holds no place: {name|kind}."""
    parts: list[str] = []
    done = 0
    for toponym in read_toponyms(text):
        parts.append(text[done : toponym.start])
        done = toponym.end
        if toponym.kind in (ToponymKind.DEMONYM, ToponymKind.ORGANISATION):
            parts.append(f"{{{toponym.surface}|{toponym.kind.value}}}")
            continue
        known = toponym.place.id if toponym.place else "?"
        if toponym.place is None and toponym.candidates:
            known = "?" + "/".join(candidate.place.id for candidate in toponym.candidates[:3])
        parts.append(f"[{toponym.surface}|{known} {toponym.confidence:.2f}]")
    return "".join([*parts, text[done:]])
