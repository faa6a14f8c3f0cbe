"""The peer of `bench/desk.py`: FastAPI, one key looked up in PostgreSQL, and nothing else.

No keys of callers, no audiences, no limits, no chains: what one would write in an afternoon.
"""

import asyncio
import os
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import Any

import psycopg
from fastapi import FastAPI
from pydantic import BaseModel

CONNECTIONS = 8
TABLE = "create table watched (address text primary key, kind text, reference text, hop int)"
QUERY = "select kind, reference, hop from watched where address = %s"


def fill(url: str, rows: Iterable[tuple[str, str, str, int]]) -> None:
    """Lay the rows out, as PostgreSQL likes them best."""
    with psycopg.connect(url) as connection, connection.cursor() as cursor:
        cursor.execute(TABLE)
        with cursor.copy("copy watched from stdin") as copy:
            for row in rows:
                copy.write_row(row)
        connection.commit()
        connection.autocommit = True
        cursor.execute("vacuum analyze watched")


class Body(BaseModel):
    """The same body as the desk takes."""

    addresses: list[str]


@asynccontextmanager
async def lines(app: FastAPI) -> AsyncIterator[None]:
    """Connections that wait to be used."""
    app.state.idle = asyncio.Queue()
    made = [
        await psycopg.AsyncConnection.connect(os.environ["PEER_URL"], autocommit=True)
        for _ in range(CONNECTIONS)
    ]
    for each in made:
        each.prepare_threshold = 1
        app.state.idle.put_nowait(each)
    yield
    for each in made:
        await each.close()


app = FastAPI(lifespan=lines)


@app.post("/v1/screen/addresses")
async def screen(body: Body) -> dict[str, Any]:
    """What is known of one address."""
    connection = await app.state.idle.get()
    try:
        found = await (await connection.execute(QUERY, (body.addresses[0],))).fetchall()
    finally:
        app.state.idle.put_nowait(connection)
    findings = [{"kind": row[0], "reference": row[1], "hop": row[2]} for row in found]
    return {"results": [{"address": body.addresses[0], "findings": findings}]}
