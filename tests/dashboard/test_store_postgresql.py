from collections.abc import Callable

import pytest
from sqlalchemy import text

from dashboard.store import StoreError, open_store
from tests.dashboard.store_samples import MOSUL, make_article, make_event, parents

NEAR_RAQQA = text(
    "SELECT id FROM event_points WHERE ST_DWithin(point::geography,"
    " ST_SetSRID(ST_MakePoint(39.1, 35.9), 4326)::geography, 20000)"
)


def test_where_postgis_is_there_events_are_points_that_maps_can_ask_for(
    postgres: Callable[[], str],
) -> None:
    store = open_store(postgres(), parents=parents)
    told = [make_event(), make_event("e2", place=MOSUL), make_event("e3", place=None)]
    store.save(make_article(), told)
    with store.read() as connection:
        assert connection.execute(NEAR_RAQQA).scalars().all() == ["e1"]
    store.close()


def test_a_database_of_another_program_is_refused(postgres: Callable[[], str]) -> None:
    address = postgres()
    store = open_store(address)
    with store.write() as connection:
        connection.exec_driver_sql("DROP TABLE about")
    store.close()
    with pytest.raises(StoreError, match="is a database of another program"):
        open_store(address)


def test_a_server_or_database_that_is_not_there_is_said_so(postgres: Callable[[], str]) -> None:
    address = postgres()
    with pytest.raises(StoreError, match=r'database "nothing" does not exist'):
        open_store(address.rpartition("/")[0] + "/nothing")
    with pytest.raises(StoreError, match=r"\*\*\*@127\.0\.0\.1:1"):
        open_store("postgresql://nobody:secret@127.0.0.1:1/events")
