"""The tables beside the events: which these are, and what their codes stand for."""

from importlib.metadata import version

from dashboard.ontology import load_ontology

LICENCE = "The quoted sentences belong to the sources named beside them."

Table = tuple[dict[str, object], ...]


def code_tables(query: str) -> dict[str, Table]:
    """Give tables by name, each as rows: `about` with the query, `types` and `actors`."""
    ontology = load_ontology()
    about = {"query": query, "written by": f"Maaqil {version('maaqil')}", "quotes": LICENCE}
    return {
        "about": tuple({"key": key, "value": value} for key, value in about.items()),
        "types": tuple(
            {
                "id": kind.id, "family": kind.family, "label_en": kind.label_en,
                "label_ar": kind.label_ar, "acled": str(kind.acled or ""),
                "definition": kind.definition,
            }
            for kind in ontology.event_types.values()
        ),
        "actors": tuple(
            {"id": name, "label_en": actor.label_en, "label_ar": actor.label_ar, "side": actor.side}
            for name, actor in ontology.actors.items()
        ),
    }  # fmt: skip
