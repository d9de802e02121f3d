"""The tables of the store, the same in SQLite and PostgreSQL."""

from sqlalchemy import (
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)

SCHEMA_VERSION = 1
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
    Column("number", Integer, primary_key=True),
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
