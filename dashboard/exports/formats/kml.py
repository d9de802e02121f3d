"""KML 2.2 (OGC) for globes: a placemark an event, with its days, sentence and values."""

from collections.abc import Iterable, Iterator
from typing import BinaryIO
from xml.sax.saxutils import escape, quoteattr

from dashboard.exports.cells import flat, xml_text
from dashboard.exports.export import Export, Told
from dashboard.exports.rows import told_row
from dashboard.model import Event
from dashboard.ontology import load_ontology

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>Maaqil</name>'
)


def write(told: Iterable[Told], query: str, out: BinaryIO) -> None:
    """Write a Document that names the query; an event without a place has no point."""
    out.write(HEAD.encode() + f"<description>{_text(query)}</description>\n".encode())
    for kind in load_ontology().event_types.values():
        red, green, blue = kind.color[1:3], kind.color[3:5], kind.color[5:7]
        style = f"<IconStyle><color>ff{blue}{green}{red}</color></IconStyle>"
        out.write(f'<Style id="{kind.id}">{style}</Style>\n'.encode())
    for one in told:
        out.write("".join(_placemark(one)).encode())
    out.write(b"</Document></kml>\n")


def _placemark(one: Told) -> Iterator[str]:
    event, article = one.event, one.article
    kind = load_ontology().event_types[event.type]
    where = event.place.name_en if event.place else event.place_name or "no place"
    yield f"<Placemark id={quoteattr(f'event-{event.id}')}>"
    yield f"<name>{_text(f'{kind.label_en}: {where}')}</name>"
    source = " · ".join(part for part in (article.source, article.title) if part)
    yield f"<description>{_text(event.quote)}\n{_text(source)}</description>"
    yield from _days(event)
    yield f"<styleUrl>#{kind.id}</styleUrl><ExtendedData>"
    for key, value in told_row(one).items():
        if value not in (None, "", []):
            told = _text(str(flat(value)))
            yield f"<Data name={quoteattr(key)}><value>{told}</value></Data>"
    yield "</ExtendedData>"
    if event.place:
        yield f"<Point><coordinates>{event.place.lon},{event.place.lat}</coordinates></Point>"
    yield "</Placemark>\n"


def _days(event: Event) -> Iterator[str]:
    if event.when:
        first, last = event.when.first, event.when.last
        yield f"<TimeSpan><begin>{first}</begin><end>{last}</end></TimeSpan>"


def _text(text: str) -> str:
    return escape(xml_text(text))


export = Export(
    id="kml",
    label_en="KML",
    label_ar="خريطة KML",
    suffix=".kml",
    mime="application/vnd.google-earth.kml+xml",
    write=write,
)
