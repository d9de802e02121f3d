"""The tables of the store, the same in SQLite and PostgreSQL."""

from datetime import date
from enum import StrEnum

from sqlalchemy import (
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    text,
)

SCHEMA_VERSION = 6
"""Raised by one with each change of the tables; a store of a newer version is refused."""

WIDE_DAYS = 31
"""Intervals of more days than this are searched apart, so that all others are found by a range."""

metadata = MetaData()

about = Table(
    "about",
    metadata,
    Column("key", String, primary_key=True),
    Column("value", String, nullable=False),
)

articles = Table(
    "articles",
    metadata,
    Column("id", String, primary_key=True),
    Column("text", Text, nullable=False),
    Column("title", Text),
    Column("published", Date),
    Column("shown", Text, nullable=False),  # JSON
    Column("source", String, index=True),
    Column("url", String),
    Column("file", String),
    Column("month", String(7), index=True),  # YYYY-MM of publication, else of the latest event told
    Column("outlet", String, nullable=False),  # what tells its source from others
    Column("side", String, nullable=False),  # for which the outlet spoke on its day, "": none
    Column("digest", String(64), nullable=False),  # of the article and its events: what changed
)

# A place as it was when last saved; a computed one (its id begins with ~) is known nowhere else.
places = Table(
    "places",
    metadata,
    Column("id", String, primary_key=True),
    Column("kind", String, nullable=False),
    Column("name", String, nullable=False),
    Column("name_en", String, nullable=False),
    Column("lat", Float, nullable=False),
    Column("lon", Float, nullable=False),
    Column("radius_km", Float, nullable=False),
    Column("whole", Text, nullable=False),  # JSON
)

# Each place with itself and all that hold it, so that "within" is one lookup.
ancestors = Table(
    "ancestors",
    metadata,
    Column("ancestor", String, primary_key=True),
    Column("place", ForeignKey("places.id", ondelete="CASCADE"), primary_key=True, index=True),
)

events = Table(
    "events",
    metadata,
    Column("number", Integer, primary_key=True),  # given by us, never again: see Ledger
    Column("id", String, nullable=False, unique=True),
    Column("article", ForeignKey("articles.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("ordinal", Integer, nullable=False),  # the article's first, second ... event
    Column("type", String, nullable=False),
    Column("place", ForeignKey("places.id")),
    Column("lat", Float),
    Column("lon", Float),
    Column("actor", String),
    Column("target", String),
    Column("first_day", Date),
    Column("last_day", Date),
    Column("wide", Integer),  # 1: more than WIDE_DAYS
    Column("month", String(7)),  # YYYY-MM of first_day
    Column("modality", String, nullable=False),
    Column("geo_precision", Integer, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("tells", Integer, nullable=False, server_default="0"),  # bits of ontology.wording
    # The id of the event at the centre of its cluster (clusters.py); none: reported once only.
    Column("cluster", String, index=True),
    Index("events_to_join", "type", "first_day", "cluster", "id", "lat", "lon"),
    Index(
        "events_by_day",
        *("wide", "first_day", "last_day", "type", "place", "geo_precision", "month", "article"),
    ),
    Index("events_by_place", "place", "type", "geo_precision"),
    Index("events_by_month", "month", "type"),
    Index("events_by_type", "type", "first_day"),
)

# The long part of an event, apart, so that counting reads only short rows.
evidence = Table(
    "evidence",
    metadata,
    Column("event", ForeignKey("events.id", ondelete="CASCADE"), primary_key=True),
    Column("folded", Text, nullable=False),  # evidence and title, folded, for searching
    Column("rest", Text, nullable=False),  # JSON of what no filter asks for
)

origins = Table(
    "origins",
    metadata,
    Column("event", ForeignKey("events.id", ondelete="CASCADE"), primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("place", ForeignKey("places.id"), nullable=False),
)

# Of what and by which rules an article's events were read, so that a reading broken off goes on
# where it stopped. An article saved without that has no row, and is read again.
readings = Table(
    "readings",
    metadata,
    Column("article", ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column("mark", String, nullable=False),
)

# Events that several articles report, by the id of the event at the centre; kept with each save.
clusters = Table(
    "clusters",
    metadata,
    Column("id", String, primary_key=True),
    Column("reports", Integer, nullable=False),  # articles
    Column("sources", Integer, nullable=False),
    Column("sides", Integer, nullable=False),  # for which these speak; "none" is one
    Index("clusters_by_sources", "sources"),
)

# What was done when, a row a save that changed something; articles can have gone since.
changes = Table(
    "changes",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("at", String, nullable=False),  # UTC, ISO, to the second
    Column("article", String, nullable=False, index=True),
    Column("what", String, nullable=False),  # saved, replaced
    Column("events", Integer, nullable=False),
)

# Roll-ups, kept in the transaction that saves an article (rollups.py), so that the open page, a
# type, a place and a span of time are counted from few rows. A row can have come down to zero.

# How many events, by geo_precision. `grain` tells what of the key is given: see Grain.
counts = Table(
    "counts",
    metadata,
    Column("grain", String(8), primary_key=True),
    Column("place", String, primary_key=True),  # "": none, or with Grain.TYPE any
    Column("period", String(7), primary_key=True),  # YYYY, YYYY-MM or "", of first_day
    Column("type", String, primary_key=True),
    Column("n_1", Integer, nullable=False),
    Column("n_2", Integer, nullable=False),
    Column("n_3", Integer, nullable=False),
    # Always so: only a query that says so too may take this index, and one by place takes the key,
    # which SQLite without statistics would not choose by itself.
    Index(
        "counts_by_period",
        *("grain", "period", "place", "type", "n_1", "n_2", "n_3"),
        sqlite_where=text("n_1 >= 0"),
        postgresql_where=text("n_1 >= 0"),
    ),
    sqlite_with_rowid=False,
)

# How many events a month, type and pair of actors; "" for an actor that is not told.
actor_counts = Table(
    "actor_counts",
    metadata,
    Column("month", String(7), primary_key=True),  # "": undated
    Column("type", String, primary_key=True),
    Column("actor", String, primary_key=True),
    Column("target", String, primary_key=True),
    Column("placed", Integer, primary_key=True),  # 1: with a place
    Column("n", Integer, nullable=False),
    sqlite_with_rowid=False,
)

# How many articles tell of any event ("any", ""), of a type, of a place or what lies within it.
article_counts = Table(
    "article_counts",
    metadata,
    Column("kind", String(8), primary_key=True),
    Column("name", String, primary_key=True),
    Column("n", Integer, nullable=False),
    sqlite_with_rowid=False,
)

# How late an article's events reach that began by a day: from `since` to before `until` the day,
# `reach` the last day of them all. An article tells of a span where the step that holds the span's
# end reaches its beginning: one row an article, so that none is counted twice.
steps = Table(
    "steps",
    metadata,
    Column("article", ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column("since", Date, primary_key=True),
    Column("until", Date, nullable=False),  # NO_LATER_STEP for the last one
    Column("reach", Date, nullable=False),
    Index("steps_by_since", "since", "until", "reach"),
)

NO_LATER_STEP = date.max

# The columns of the events of BLOCK numbers in a row, packed (packing.py), so that millions are
# read at once and counted in memory. A block is kept when its last number is given away.
blocks = Table(
    "blocks",
    metadata,
    Column("name", String(24), primary_key=True),
    Column("block", Integer, primary_key=True),
    Column("data", LargeBinary, nullable=False),
)

# The numbers of events that were replaced, in the order in which they went.
removed = Table(
    "removed",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("number", Integer, nullable=False),
)

# Every word of the evidence in the blocks, folded, for searching.
words = Table(
    "words",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("word", Text, nullable=False, unique=True),
)

# One row: the next event's number, how many rows `removed` has, how many articles there are, and a
# number that changes where the blocks were made anew. By it a reader sees what is new to it.
ledger = Table(
    "ledger",
    metadata,
    Column("one", Integer, primary_key=True),
    Column("next_number", Integer, nullable=False),
    Column("removals", Integer, nullable=False),
    Column("articles", Integer, nullable=False),
    Column("generation", Integer, nullable=False),
)


class Grain(StrEnum):
    """What a row of `counts` is counted by, besides its type."""

    PLACE = "place"  # a place, all dated events
    YEAR = "year"  # a place and a year
    MONTH = "month"  # a place and a month
    TYPE = "type"  # a month, at all places and none
    UNDATED = "undated"  # a place, all undated events
