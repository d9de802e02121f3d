"""Find everything that each sentence of an article says, before it is joined."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.extraction.actors import FoundActor, Memory, find_actors
from dashboard.extraction.clauses import Parse, parse
from dashboard.extraction.cleaning import Segment
from dashboard.extraction.dates import reckon
from dashboard.extraction.grammar import Grammar
from dashboard.extraction.parts import Parts
from dashboard.extraction.places import NOT_PLACES, read_places
from dashboard.extraction.triggers import FoundTrigger, find_triggers
from dashboard.extraction.weak_names import add_weak_names
from dashboard.model import Article, DateMention, PlaceMention, When
from gazetteer import Gazetteer


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A sentence with all that was found in it."""

    parse: Parse
    segment: Segment
    mentions: tuple[PlaceMention, ...]
    taken: tuple[tuple[int, int], ...]
    dates: tuple[DateMention, ...]
    triggers: tuple[FoundTrigger, ...]
    actors: tuple[FoundActor, ...]
    topic: frozenset[str]


def read_scenes(
    article: Article,
    parts: Parts,
    published: When | None,
    gazetteer: Gazetteer,
    grammar: Grammar,
) -> tuple[Scene, ...]:
    """Find everything in every sentence of an article that was cut into its parts."""
    segments, sentences = parts.segments, parts.sentences
    parses = [parse(sentence, grammar) for sentence in sentences]
    mentions = add_weak_names(parses, read_places(article.text, sentences, gazetteer), gazetteer)
    dates = _dates(parts, published)
    memory = Memory()
    scenes = []
    for number, sentence in enumerate(sentences):
        read = parses[number]
        topic = frozenset(memory.known)
        actors = find_actors(read, mentions[number], memory, grammar)
        taken = [(actor.first, actor.last) for actor in actors]
        scenes.append(
            Scene(
                parse=read,
                segment=segments[sentence.paragraph],
                mentions=mentions[number],
                taken=tuple(taken),
                dates=dates[number],
                triggers=find_triggers(
                    read,
                    taken + _named(read, mentions[number], dates[number]),
                    _placed(read, mentions[number]),
                ),
                actors=actors,
                topic=topic,
            )
        )
    return tuple(scenes)


def _placed(read: Parse, mentions: Sequence[PlaceMention]) -> list[tuple[int, int]]:
    """Give the tokens of resolved places."""
    return [read.at(*m.span) for m in mentions if m.place is not None]


def _named(
    read: Parse, mentions: Sequence[PlaceMention], dates: Sequence[DateMention]
) -> list[tuple[int, int]]:
    """Give the tokens of names and times: Palmyra (تدمر) destroys nothing."""
    if not read.tokens:
        return []
    named = [m.span for m in mentions if m.place is not None or m.kind in NOT_PLACES]
    return [read.at(*span) for span in (*named, *(date.span for date in dates))]


def _dates(parts: Parts, published: When | None) -> list[tuple[DateMention, ...]]:
    """Reckon the dates of each sentence for the article's day, or that of the post it stands in."""
    starts = [expression.span.start for expression in parts.expressions]
    out: list[tuple[DateMention, ...]] = []
    for sentence in parts.sentences:
        first, last = (
            bisect_left(starts, sentence.span.start),
            bisect_left(starts, sentence.span.end),
        )
        if first == last:
            out.append(())
            continue
        anchor = parts.segments[sentence.paragraph].anchor
        out.append(tuple(reckon(parts.expressions[first:last], anchor or published)))
    return out
