"""The sentences behind the marks: an event's evidence right to left, with its words marked."""

import html
from collections.abc import Sequence

import streamlit as st

from dashboard.model import Article, Event, Mark, Span
from dashboard.ontology import load_ontology
from dashboard.ui.reasons import reasons_in_words
from dashboard.ui.words import day_words, when_words, word

_REORDERING = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))
"""Controls by which a text could turn the order of its own words and figures (UAX 9)."""

ROLES = ("trigger", "actor", "target", "place", "origin", "date", "number")
QUOTE_AT_MOST = 420
"""Characters of a sentence shown around its marks; a feed without full stops is one sentence."""
PARAGRAPH_AT_MOST = 1200
"""Characters of the paragraph shown around a sentence; feeds without line breaks are one."""


def marked(text: str, marks: Sequence[Mark], span: Span) -> str:
    """Give the text of `span` as HTML, escaped, with every mark inside it in a <mark>.

    Marks that overlap an earlier one are left out: the first to begin, then the longest, wins.
    """
    inside = [m for m in marks if span.start <= m.span.start < m.span.end <= span.end]
    parts, at = [], span.start
    for mark in sorted(inside, key=lambda m: (m.span.start, -m.span.end)):
        if mark.span.start < at:
            continue
        parts.append(plain(text[at : mark.span.start]))
        words = plain(text[mark.span.start : mark.span.end])
        parts.append(f"<mark class='{mark.role.value}'>{words}</mark>")
        at = mark.span.end
    parts.append(plain(text[at : span.end]))
    return "".join(parts)


def plain(text: str) -> str:
    """Give text as HTML that shows it as text: escaped, and without controls that reorder it."""
    return html.escape(text.translate(_REORDERING))


def clipped(marks: Sequence[Mark], span: Span) -> Span:
    """Give the part of a long sentence that holds its marks, and some words around them."""
    if span.end - span.start <= QUOTE_AT_MOST:
        return span
    inside = [m.span for m in marks if span.start <= m.span.start <= m.span.end <= span.end]
    first = min((m.start for m in inside), default=span.start)
    last = max((m.end for m in inside if m.end - first <= QUOTE_AT_MOST), default=first)
    spare = max(0, QUOTE_AT_MOST - (last - first)) // 2
    return Span(max(span.start, first - spare), min(span.end, last + spare))


def quoted(article: Article, marks: Sequence[Mark], span: Span) -> str:
    """Give a sentence as HTML, its marks marked; a long one is clipped, and says so by dots."""
    part = clipped(marks, span)
    before, after = ("… " if part.start > span.start else ""), (" …" if part.end < span.end else "")
    return before + marked(article.text, marks, part) + after


def card(event: Event, article: Article, lang: str, told: str = "") -> str:
    """Give one event as a block of HTML; everything from the article is escaped.

    `told` is a block of HTML on the other reports of the same event.
    """
    kind = load_ontology().event_types[event.type]
    sentence = quoted(article, event.marks, event.spans[0])
    return (
        f"<article class='evidence' data-event='{html.escape(event.id)}' "
        f"style='--family:{html.escape(kind.color)}'>"
        f"<header>{_headline(event, lang)}</header>"
        f"<blockquote lang='ar' dir='rtl'>{sentence}</blockquote>"
        f"<div class='facts'>{_facts(event, lang)}</div>"
        f"<footer>{origin_words(article, lang)}</footer>"
        f"{told}{_more(event, article, lang)}"
        f"<details><summary>{word('evidence.why', lang)}</summary>{_reasons(event, lang)}</details>"
        f"<details><summary>{word('evidence.paragraph', lang)}</summary>"
        f"<div class='paragraph' lang='ar' dir='rtl'>{_paragraph(event, article)}</div></details>"
        "</article>"
    )


def _more(event: Event, article: Article, lang: str) -> str:
    """Give the further sentences that tell the same event, behind a line that counts them."""
    others = event.spans[1:]
    if not others:
        return ""
    told = "".join(
        f"<li lang='ar' dir='rtl'>{quoted(article, event.marks, span)}</li>" for span in others
    )
    count = word("evidence.more_sentences", lang, n=len(others))
    return f"<details><summary>{count}</summary><ul>{told}</ul></details>"


def _headline(event: Event, lang: str) -> str:
    kind = load_ontology().event_types[event.type]
    label = kind.label_ar if lang == "ar" else kind.label_en
    modality = event.modality.value
    return (
        f"<span class='type'>{html.escape(label)}</span>"
        f"<bdi class='where'>{html.escape(place_words(event, lang))}</bdi>"
        f"<bdi class='when'>{html.escape(when_words(event.when, lang))}</bdi>"
        f"<span class='modality {modality}'>{word(f'modality.{modality}', lang)}</span>"
    )


def place_words(event: Event, lang: str) -> str:
    """Name an event's place, or say that it has none."""
    if event.place is not None:
        return event.place.name if lang == "ar" else event.place.name_en
    if event.place_name:
        return word("evidence.unplaced_named", lang, name=event.place_name)
    return word("evidence.unplaced", lang)


def actor_words(actor: str | None, lang: str) -> str | None:
    """Name an actor of the lexicon; None where there is none."""
    if actor is None:
        return None
    entry = load_ontology().actors[actor]
    return entry.label_ar if lang == "ar" else entry.label_en


def _facts(event: Event, lang: str) -> str:
    who, whom = actor_words(event.actor, lang), actor_words(event.target, lang)
    facts = []
    if who and whom:
        facts.append(word("evidence.against", lang, actor=who, target=whom))
    elif who or whom:
        facts.append(who or whom or "")
    if event.origin:
        names = [place.name if lang == "ar" else place.name_en for place in event.origin]
        facts.append(word("evidence.origin", lang, places=word("page.comma", lang).join(names)))
    if event.fatalities is not None:
        facts.append(word("evidence.killed", lang, n=event.fatalities))
    if event.detained is not None:
        facts.append(word("evidence.detained", lang, n=event.detained))
    if event.place is not None:
        facts.append(word("evidence.within", lang, km=f"{event.uncertainty_km:.0f}"))
    basis = event.when.basis.value if event.when else "unknown"
    facts.append(word(f"basis.{basis}", lang))
    facts.append(word("evidence.confidence", lang, percent=round(100 * event.confidence)))
    return " · ".join(f"<bdi>{html.escape(fact)}</bdi>" for fact in facts)


def origin_words(article: Article, lang: str) -> str:
    """Give source, day, title and link of an article as HTML."""
    parts = [article.source or word("evidence.no_source", lang)]
    if article.published:
        parts.append(word("evidence.published", lang, day=day_words(article.published, lang)))
    else:
        parts.append(word("evidence.unpublished", lang))
    if article.title:
        parts.append(article.title)
    shown = " · ".join(f"<bdi>{plain(part)}</bdi>" for part in parts)
    if article.url and article.url.startswith(("https://", "http://")):
        address = html.escape(article.url, quote=True)
        shown += f" · <a href='{address}' rel='noreferrer noopener' target='_blank'>"
        shown += f"{word('evidence.link', lang)}</a>"
    return shown


def _reasons(event: Event, lang: str) -> str:
    """Give the reasons in words; one that has none as the rule gave it, from left to right."""
    bare = [reason.translate(_REORDERING) for reason in event.reasons]
    items = [
        f"<li>{html.escape(words)}</li>"
        if words
        else f"<li><bdi dir='ltr'>{html.escape(reason)}</bdi></li>"
        for reason, words in reasons_in_words(bare, lang)
    ]
    return f"<ul class='reasons'>{''.join(items)}</ul>"


def _paragraph(event: Event, article: Article) -> str:
    """Give the paragraph of the first sentence, the sentences behind the event in bold."""
    text, span = article.text, event.spans[0]
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    end = len(text) if end < 0 else end
    spare = max(0, PARAGRAPH_AT_MOST - (span.end - span.start)) // 2
    first, last = max(start, span.start - spare), min(end, span.end + spare)
    before, after = plain(text[first : span.start]), plain(text[span.end : last])
    before = ("… " if first > start else "") + before
    after += " …" if last < end else ""
    return f"{before}<b>{quoted(article, event.marks, span)}</b>{after}"


def legend(lang: str) -> str:
    """Give the legend of the marked words as HTML."""
    keys = {role: f"evidence.{role}" for role in ROLES} | {"origin": "evidence.origin_mark"}
    marks = " ".join(f"<mark class='{role}'>{word(keys[role], lang)}</mark>" for role in ROLES)
    return f"<div class='maaqil-legend'>{word('evidence.legend', lang)} {marks}</div>"


def page_number(events: int, size: int) -> int:
    """Give the page chosen, brought within the pages there are."""
    pages = max(1, -(-events // size))
    st.session_state["page"] = min(st.session_state["page"], pages)
    return int(st.session_state["page"])


def choose_page(events: int, size: int, lang: str) -> None:
    """Offer the pages of a list, where it has more than one."""
    pages = max(1, -(-events // size))
    if pages == 1:
        return
    number = st.session_state["page"]

    def turn(by: int) -> None:
        st.session_state["page"] = number + by
        st.session_state["scroll"] = "list"

    with st.container(horizontal=True, horizontal_alignment="center", vertical_alignment="center"):
        st.button(
            word("evidence.newer", lang),
            on_click=turn,
            args=(-1,),
            disabled=number == 1,
            key="newer",
        )
        st.html(
            f"<bdi>{word('evidence.page', lang, number=number, pages=pages)}</bdi>", width="content"
        )
        st.button(
            word("evidence.older", lang),
            on_click=turn,
            args=(1,),
            disabled=number == pages,
            key="older",
        )
