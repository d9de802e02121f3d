"""Articles and events made up for tests of the store and the strongholds."""

from datetime import date

from hypothesis import strategies as st

from dashboard.model import (
    Article,
    DateBasis,
    Event,
    Mark,
    Modality,
    Role,
    ShownDate,
    Span,
    When,
)
from gazetteer.place import Place, PlaceKind

TEXT = "دخلت القوات مدينة الرقة أمس. وغادر القادة إلى الميادين."


def make_place(place_id: str = "sy-raqqa", /, **more: object) -> Place:
    values: dict[str, object] = {
        "id": place_id,
        "kind": PlaceKind.CITY,
        "name": "الرقة",
        "name_en": "Raqqa",
        "lat": 35.95,
        "lon": 39.01,
        "radius_km": 6.0,
        "within": "sy-raqqa-governorate",
        "spellings": ("الرقه",),
        **more,
    }
    return Place(**values)  # type: ignore[arg-type]  # a test names the fields it means


RAQQA = make_place()
MAYADIN = make_place("sy-mayadin", name="الميادين", name_en="Mayadin", lat=35.02, lon=40.45,
                     within="sy-deir-ez-zor-governorate")  # fmt: skip
COMPUTED = make_place("~45-km-se-sy-mayadin", name="45 كم", name_en="45 km", kind=PlaceKind.SITE,
                      lat=34.7, lon=40.8, radius_km=15.0, within="sy-mayadin")  # fmt: skip
MOSUL = make_place("iq-mosul", name="الموصل", name_en="Mosul", lat=36.34, lon=43.13,
                   within="iq-nineveh")  # fmt: skip
PLACES = (RAQQA, MAYADIN, COMPUTED, MOSUL)
ABOVE = {
    "sy-raqqa": ("sy-raqqa-governorate", "sy"),
    "sy-mayadin": ("sy-deir-ez-zor-governorate", "sy"),
    "~45-km-se-sy-mayadin": ("sy-mayadin", "sy-deir-ez-zor-governorate", "sy"),
    "iq-mosul": ("iq-nineveh", "iq"),
}


def parents(place: Place) -> list[Place]:
    return [make_place(name) for name in ABOVE.get(place.id, ())]


def days(first: date, last: date | None = None) -> When:
    return When(first=first, last=last or first, basis=DateBasis.EXPLICIT, why=("told",))


def make_event(name: str = "e1", article: str = "a", /, **more: object) -> Event:
    values: dict[str, object] = {
        "id": name,
        "type": "capture",
        "place": RAQQA,
        "actor": "SDF",
        "target": "IS",
        "when": days(date(2017, 10, 17)),
        "modality": Modality.REPORTED,
        "geo_precision": 1,
        "uncertainty_km": 6.0,
        "article": article,
        "spans": (Span(0, 28),),
        "marks": (Mark(role=Role.PLACE, span=Span(18, 23)),),
        "quote": TEXT[:28],
        "confidence": 0.8,
        "reasons": ("دخلت: capture",),
        **more,
    }
    return Event(**values)  # type: ignore[arg-type]  # a test names the fields it means


def make_article(name: str = "a", /, **more: object) -> Article:
    values: dict[str, object] = {
        "id": name,
        "text": TEXT,
        "title": "الرَّقة تسقط",
        "published": date(2017, 10, 18),
        "shown": (ShownDate(day=date(2017, 10, 18), where="manifest"),),
        "source": "صدى",
        "url": None,
        "file": "a.txt",
        **more,
    }
    return Article(**values)  # type: ignore[arg-type]  # a test names the fields it means


ANY_DAY = st.dates(date(2016, 12, 1), date(2017, 4, 1))
ANY_WHEN = st.builds(
    lambda day, length: days(day, date.fromordinal(day.toordinal() + length)),
    ANY_DAY,
    st.sampled_from([0, 0, 1, 7, 30, 31, 32, 60, 400]),
)


def any_event(number: int, article: str) -> st.SearchStrategy[Event]:
    return st.builds(
        make_event,
        st.just(f"{article}-{number}"),
        st.just(article),
        type=st.sampled_from(["capture", "air_strike", "relocation", "presence"]),
        place=st.sampled_from([*PLACES, None]),
        origin=st.sampled_from([(), (RAQQA,), (RAQQA, MOSUL)]),
        actor=st.sampled_from(["IS", "SDF", None]),
        target=st.sampled_from(["IS", None]),
        when=st.none() | ANY_WHEN,
        modality=st.sampled_from(list(Modality)),
        geo_precision=st.integers(1, 3),
        confidence=st.sampled_from([0.1, 0.5, 0.9]),
        spans=st.sampled_from([(Span(0, 28),), (Span(29, 57), Span(0, 28))]),
        quote=st.sampled_from([TEXT[:28], "غارة 100% على الـمَيادين", "a_b"]),
    )
