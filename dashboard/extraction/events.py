"""Join what the sentences of an article say to events."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from dashboard.extraction import confidence
from dashboard.extraction.asides import FoundPlace
from dashboard.extraction.backoff import back_off, find_unplaced, points_back
from dashboard.extraction.build import build
from dashboard.extraction.document_date import date_article
from dashboard.extraction.drafts import Draft
from dashboard.extraction.facilities import find_facilities, recall_quarters
from dashboard.extraction.focus import Focus, bind
from dashboard.extraction.grammar import Grammar, compile_grammar, default_grammar
from dashboard.extraction.markers import Marked, mark
from dashboard.extraction.merge import absorb, combine, merge, retell
from dashboard.extraction.modality import Told, judge
from dashboard.extraction.moves import drop_aims, drop_left, join_moves, move_on, refine
from dashboard.extraction.numbers import Count, find_deaths, find_detained, read_counts
from dashboard.extraction.parts import cut
from dashboard.extraction.places import locate
from dashboard.extraction.rivals import settle_rivals
from dashboard.extraction.roles import Frame, Subject, subject_of
from dashboard.extraction.scenes import Scene, read_scenes
from dashboard.extraction.sides import Known, settle_sides
from dashboard.extraction.slots import fill
from dashboard.extraction.strikes import name_bare_strikes
from dashboard.extraction.tolls import give_deaths
from dashboard.extraction.triggers import FoundTrigger
from dashboard.extraction.untold import name_untold
from dashboard.extraction.who import settle
from dashboard.model import Article, Event, Part, Reading, When
from dashboard.ontology import Ontology
from gazetteer import Gazetteer, default_gazetteer


@dataclass(slots=True)
class _Thread:
    """What the sentences before left: where the tale is, and what was last told."""

    known: Known
    places: tuple[FoundPlace, ...] = ()
    last: Draft | None = None
    focus: Focus = field(default_factory=Focus)
    headline: tuple[FoundPlace, ...] = field(default=())
    types: set[str] = field(default_factory=set)


def extract_events(
    article: Article, *, gazetteer: Gazetteer | None = None, ontology: Ontology | None = None
) -> list[Event]:
    """Extract the events that an article tells, in order of their evidence.

    Pure and deterministic: the same article, places and rules give the same events with the same
    ids. An event whose day is unknown keeps `when=None`, one that nothing places `place=None`.
    """
    gazetteer = gazetteer or default_gazetteer()
    grammar = compile_grammar(ontology) if ontology else default_grammar()
    parts = cut(article)
    published = date_article(article, parts)
    scenes = read_scenes(article, parts, published, gazetteer, grammar)
    return join(article, published, scenes, gazetteer, grammar)


def read_sentences(article: Article) -> list[Reading]:
    """Read all that the sentences of an article say, before it is joined to events."""
    parts = cut(article)
    return [
        Reading(
            sentence=scene.parse.sentence,
            places=scene.mentions,
            dates=scene.dates,
            triggers=tuple(trigger.mention for trigger in scene.triggers),
            actors=tuple(actor.mention for actor in scene.actors),
        )
        for scene in read_scenes(
            article, parts, date_article(article, parts), default_gazetteer(), default_grammar()
        )
    ]


def join(
    article: Article,
    published: When | None,
    scenes: Sequence[Scene],
    gazetteer: Gazetteer,
    grammar: Grammar,
) -> list[Event]:
    """Join triggers, actors, places and dates to events, and merge what is told twice."""
    everybody = frozenset(actor.id for scene in scenes for actor in scene.actors)
    thread = _Thread(known=Known(actors=everybody, countries=grammar.countries))
    drafts: list[Draft] = []
    for scene in scenes:
        drafts += _read_scene(scene, thread, gazetteer)
    name_bare_strikes(drafts)
    events: list[Event] = []
    backed_off, by_noun = set(), set()
    last: When | None = None
    for draft in drafts:
        for event in build(article, draft, published, gazetteer, grammar.ontology, last):
            events.append(event)
            last = event.when or last
            if draft.frame.trigger.trigger.part == Part.VERBAL_NOUN:
                by_noun.add(event.id)
            if draft.frame.level in ("headline", "article", "paragraph") or draft.headline:
                backed_off.add(event.id)
    unique: dict[str, Event] = {}
    for event in events:
        known = unique.get(event.id)
        unique[event.id] = combine(known, event) if known else event
    parts = {kind.id: kind.absorbs for kind in grammar.ontology.event_types.values()}
    told = merge(absorb(list(unique.values()), parts), gazetteer, frozenset(backed_off))
    told = absorb(retell(told, _of_headline(told, scenes)), parts)
    told = settle_rivals(told, frozenset(by_noun))
    return confidence.settle([name_untold(event, thread.known) for event in told])


LEAD = 2
"""Sentences that open a report and sum it up: what they put in a region the rest puts in a town."""

WIDE = 3
"""The precision of a region, as the codebook has it."""


def _of_headline(events: Sequence[Event], scenes: Sequence[Scene]) -> frozenset[str]:
    heads = {s.parse.sentence.span for s in scenes if s.parse.sentence.headline}
    body = [s.parse.sentence.span for s in scenes if not s.parse.sentence.headline]
    leads = heads.union(body[:LEAD])
    return frozenset(
        event.id
        for event in events
        if (leads if event.geo_precision == WIDE else heads).issuperset(event.spans)
    )


def _read_scene(scene: Scene, thread: _Thread, gazetteer: Gazetteer) -> list[Draft]:
    read = scene.parse
    if not read.tokens:
        return []
    places = locate(read, scene.mentions, gazetteer, scene.taken)
    mentions = bind(read, scene.mentions, places, thread.focus)
    mentions = recall_quarters(read, mentions, places, thread.focus)
    mentions += tuple(find_facilities(read, mentions, places, thread.focus, gazetteer))
    if mentions != scene.mentions:
        mentions = tuple(sorted(mentions, key=lambda mention: mention.span))
        places = locate(read, mentions, gazetteer, scene.taken)
    marked: Sequence[Marked] = ()
    counts: Sequence[Count] = ()
    if scene.triggers:
        marked = mark(read, scene.actors)
    if scene.triggers or "death" in read.words:
        counts = read_counts(read, [read.at(*date.span) for date in scene.dates])
    deaths = find_deaths(read, counts)
    drafts: list[Draft] = []
    subject: Subject | None = None
    for trigger in scene.triggers:
        reading = _first_told(scene, trigger, places, marked, subject, thread.known, thread.places)
        if reading is None:
            continue
        frame, told = reading
        told = move_on(frame, told)
        if trigger.tense and frame.sure_actor and frame.actor is not None:
            subject = subject_of(read, frame) or subject
        frame.unplaced = find_unplaced(scene, frame)
        trigger = frame.trigger
        generic = trigger.trigger.part == Part.VERBAL_NOUN and trigger.prefix.endswith("ال")
        if not generic:
            back_off(frame, places, thread.places, thread.headline, told.type)
        elif not frame.places or points_back(read, frame, told.type, thread.types):
            continue  # "the bombings" of nowhere: a habit, or told in full elsewhere
        needless = told.type in MUST_BE_PLACED or frame.actor_id is None
        if not frame.places and frame.unplaced is None and needless:
            continue
        detained = None
        if told.type in ("arrest", "abduction"):
            detained = find_detained(read, counts, trigger.first, trigger.last)
        drafts.append(
            Draft(
                parse=read,
                frame=frame,
                told=told,
                dates=scene.dates,
                detained=detained,
                headline=read.sentence.headline,
                anchor=scene.segment.anchor,
            )
        )
    join_moves(drafts)
    drop_aims(drafts)
    drop_left(drafts)
    give_deaths(drafts, deaths, thread.last)
    placed = [draft for draft in drafts if draft.frame.places and draft.frame.level == "clause"]
    here = tuple(
        place
        for place in places
        if not (place.container or place.aside or place.place.id.startswith(BETWEEN))
    )
    if read.sentence.headline:
        thread.headline = thread.headline or here
    elif placed:
        thread.places = placed[-1].frame.places
    elif any(place.preposition or place.head < place.first for place in here):
        # a capital that only acts or speaks leaves no place behind
        thread.places = tuple(p for p in here if p.preposition or p.head < p.first)[-1:]
    refine(read, places, thread.last, drafts)
    told_at = [draft.frame.places for draft in placed]
    thread.focus.hear(places, told_at, headline=read.sentence.headline)
    if drafts:
        thread.last = drafts[-1]
        thread.types.update(draft.told.type for draft in drafts)
    return drafts


def _first_told(
    scene: Scene,
    trigger: FoundTrigger,
    places: Sequence[FoundPlace],
    marked: Sequence[Marked],
    subject: Subject | None,
    known: Known,
    focus: Sequence[FoundPlace],
) -> tuple[Frame, Told] | None:
    """Give the first of a trigger's entries whose event the sentence tells, with its slots."""
    refused = False
    for one in (trigger, *trigger.others, *trigger.nouns):
        if refused and one in trigger.nouns:
            continue  # the verb says that it is not so
        frame = fill(scene.parse, one, scene.triggers, places, marked, subject, focus)
        if frame is None or not settle(scene.parse, frame, marked, scene.topic):
            continue
        told = judge(scene.parse, frame)
        refused = refused or told is None
        if told is not None:
            settle_sides(scene.parse, frame, marked, known)
            return frame, told
    return None


MUST_BE_PLACED = (
    "presence", "capture", "withdrawal", "siege", "fortification", "deployment", "relocation",
    "base_established", "threat", "offensive",
)  # fmt: skip
"""Types that mean nothing without a place: an event of another type may stay unplaced."""

BETWEEN = "~between"
"""How the id of a stretch between two places begins: nothing is told of it further on."""
