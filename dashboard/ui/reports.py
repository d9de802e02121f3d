"""Show events as cards, each with the other reports of the same event behind a line."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from dashboard.model import Article, Event
from dashboard.ontology.outlets import load_outlets
from dashboard.store.base import Cluster
from dashboard.ui import data
from dashboard.ui.evidence import card, legend, origin_words, quoted
from dashboard.ui.words import word

REPORTS_AT_MOST = 20
"""Reports of one event listed; what all the world tells is told by some hundred articles."""


def show_events(where: str, events: Sequence[Event], lang: str) -> None:
    """Show events as cards, in one block."""
    clusters = data.clusters(where, tuple(event.id for event in events))
    cards = []
    for event in events:
        article = data.article(where, event.article)
        if article is None:  # replaced a moment ago; the answers kept are renewed soon
            continue
        cluster = clusters.get(event.id)
        told = _others(where, event, cluster, lang) if cluster else ""
        cards.append(card(event, article, lang, told))
    st.html(legend(lang) + "".join(cards))


def _others(where: str, event: Event, cluster: Cluster, lang: str) -> str:
    """Give the other reports of an event, behind a line that says how many sources tell of it."""
    reports = [
        (report, article)
        for report in data.reports(where, event.id)
        if (article := data.article(where, report.article))
    ]
    others = [pair for pair in reports if pair[0].id != event.id]
    if not others:
        return ""
    comma = word("page.comma", lang)
    line = word("evidence.told_by", lang, n=cluster.sources)
    if cluster.reports > cluster.sources:
        line += comma + word("evidence.in_reports", lang, n=cluster.reports)
    facts = [escape(words) for words in (_sides(reports, lang), *_tolls(reports, lang)) if words]
    items = [_item(report, article, lang) for report, article in others[:REPORTS_AT_MOST]]
    left = len(others) - REPORTS_AT_MOST
    if left > 0:
        items.append(f"<li>{word('evidence.more_reports', lang, n=left)}</li>")
    told = f"<p class='facts'>{' · '.join(facts)}</p>" if facts else ""
    return (
        f"<details class='reports'><summary>{line}</summary>{told}"
        f"<ul>{''.join(items)}</ul></details>"
    )


def _item(report: Event, article: Article, lang: str) -> str:
    modality = report.modality.value
    facts = [word(f"modality.{modality}", lang)]
    if report.fatalities is not None:
        facts.append(word("evidence.killed", lang, n=report.fatalities))
    if report.detained is not None:
        facts.append(word("evidence.detained", lang, n=report.detained))
    told = " · ".join(f"<bdi>{escape(fact)}</bdi>" for fact in facts)
    return (
        f"<li><span>{origin_words(article, lang)} · {told}</span>"
        f"<blockquote lang='ar' dir='rtl'>{quoted(article, report.marks, report.spans[0])}"
        "</blockquote></li>"
    )


def _sides(reports: Sequence[tuple[Event, Article]], lang: str) -> str:
    """Name the sides for which the sources of an event speak; nothing where all speak for none."""
    outlets = load_outlets()
    names = set()
    for _, article in reports:
        outlet = outlets.find(article.source, article.url)
        names.add(outlet.side_on(article.published) if outlet else None)
    if names == {None}:
        return ""
    label = "label_ar" if lang == "ar" else "label_en"
    told = sorted(str(getattr(outlets.sides[name], label)) for name in names if name)
    if None in names:
        told.append(word("evidence.no_side", lang))
    return word("evidence.sides", lang, sides=word("page.comma", lang).join(told))


def _tolls(reports: Sequence[tuple[Event, Article]], lang: str) -> list[str]:
    """Say how far the tolls lie apart, where reports rival."""
    told = []
    for field, key in (
        ("fatalities", "evidence.killed_by_report"),
        ("detained", "evidence.detained_by_report"),
    ):
        tolls = {getattr(event, field) for event, _ in reports} - {None}
        if len(tolls) > 1:
            told.append(word(key, lang, least=min(tolls), most=max(tolls)))
    return told
