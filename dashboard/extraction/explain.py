"""Say stage by stage what was read in an article, and why."""

from collections.abc import Iterator

from dashboard.extraction.cleaning import clean
from dashboard.extraction.document_date import date_article
from dashboard.extraction.events import extract_events, read_sentences
from dashboard.model import Article, Event, Reading, When


def explain(article: Article) -> str:
    """Tell what each stage of the reading found in an article, as plain text."""
    lines = [f"article {article.id}", "", "parts of the text"]
    lines += [
        f"  {segment.span.start}-{segment.span.end} {segment.kind.value}"
        + (f", its own day {segment.anchor}" if segment.anchor else "")
        for segment in clean(article)
    ]
    published = date_article(article)
    lines += ["", f"published: {_when(published)}"]
    lines += [f"  - {why}" for why in (published.why if published else ())]
    for number, reading in enumerate(read_sentences(article), start=1):
        lines += ["", f"sentence {number}: {reading.sentence.text}"]
        lines += _mentions(reading)
    lines += ["", "events"]
    for event in extract_events(article):
        lines += _event(event)
    return "\n".join(lines)


def _when(when: When | None) -> str:
    if when is None:
        return "not known"
    return f"{when.first} to {when.last} ({when.basis.value})"


def _mentions(reading: Reading) -> Iterator[str]:
    for place in reading.places:
        name = f"{place.place.name_en} [{place.place.id}]" if place.place else "no place"
        yield f"  place {place.surface} ({place.kind.value}): {name}: {'; '.join(place.why)}"
    for mention in reading.dates:
        yield f"  date {mention.surface}: {_when(mention.when)}: {'; '.join(mention.why)}"
    for trigger in reading.triggers:
        yield f"  trigger {'; '.join(trigger.why)}"
    for actor in reading.actors:
        yield f"  actor {'; '.join(actor.why)}"


def _event(event: Event) -> Iterator[str]:
    place = event.place.name_en if event.place else event.place_name or "no place"
    yield f"  {event.type} at {place}, {_when(event.when)}, {event.modality.value}"
    yield f"    by {event.actor or 'nobody told'} on {event.target or 'nobody told'}"
    if event.origin:
        yield f"    from {', '.join(place.name_en for place in event.origin)}"
    for reason in event.reasons:
        yield f"    - {reason}"
