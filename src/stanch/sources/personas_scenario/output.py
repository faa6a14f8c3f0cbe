"""A simulated intake as Arrow tables: applications in batches, and who is who."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from stanch.sources.personas_scenario import pay
from stanch.sources.personas_scenario.chance import Chance, Int
from stanch.sources.personas_scenario.columns import (
    chosen,
    dotted,
    hexed,
    joined,
    numbers,
    unless,
)
from stanch.sources.personas_scenario.contacts import Contacts, addresses, contacts, phones
from stanch.sources.personas_scenario.cultures import CULTURES
from stanch.sources.personas_scenario.farms import personas
from stanch.sources.personas_scenario.names import FAMILY, GIVEN
from stanch.sources.personas_scenario.network import LOGINS
from stanch.sources.personas_scenario.people import applied_again, honest
from stanch.sources.personas_scenario.photos import photos
from stanch.sources.personas_scenario.records import Records, stacked
from stanch.sources.personas_scenario.regions import REGIONS
from stanch.sources.personas_scenario.request import PersonasRequest
from stanch.sources.personas_scenario.resumes import resumes

NOTICE: Final = "SIMULATION: invented by `stanch personas scenario`; nobody in it exists"
BATCH: Final = 20_000  # applications put into words at once; no result depends on it
_TIMES: Final = 6
_PAGE: Final = 10_000_000

_META: Final = {"stanch.simulation": NOTICE}
APPLICATIONS: Final = pa.schema(
    [
        ("record_id", pa.string()), ("name", pa.string()), ("email", pa.string()),
        ("phone", pa.string()), ("address", pa.string()), ("ips", pa.list_(pa.string())),
        ("device", pa.string()), ("bank", pa.string()), ("wallet", pa.string()),
        ("github", pa.string()), ("photo", pa.string()), ("resume", pa.string()),
        ("login_utc", pa.list_(pa.float64())), ("claimed_utc_offset", pa.int64()),
    ],
    _META,
)  # fmt: skip
LABELS: Final = pa.schema(
    [
        ("record_id", pa.string()),
        ("entity", pa.string()),  # who really sent it
        ("kind", pa.string()),  # benign or operator
        ("farm", pa.string()),  # null for honest people
        ("culture", pa.string()),
        ("region", pa.string()),
    ],
    _META,
)


@dataclass(frozen=True, slots=True)
class Intake:
    """A simulated intake: `applications` can be read once; `labels` and `transfers` are tables."""

    applications: Iterator[pa.RecordBatch]
    labels: pa.Table
    transfers: pa.Table


def simulate(request: PersonasRequest) -> Intake:
    """The intake that `request` asks for. The same request gives the same intake."""
    chance = Chance(request.seed)
    fake = round(request.records * request.operators)
    people = round((request.records - fake) / (1 + request.twice))
    first = honest(chance, request, people)
    operators = personas(chance, request, fake, people)
    again = applied_again(chance, first, request.records - fake - people, request.records)
    boxes = contacts(chance, stacked([first, operators]))
    records = stacked([first, operators, again])
    order = np.argsort(chance.words("order", np.arange(len(records))), kind="stable")
    src, dst = pay.transfers(chance, records)
    return Intake(
        _batches(chance, records, boxes, order),
        _labels(records.at(order)),
        pa.table({"src": pay.wallets(chance, src), "dst": pay.wallets(chance, dst)}),
    )


def _batches(
    chance: Chance, records: Records, boxes: Contacts, order: Int
) -> Iterator[pa.RecordBatch]:
    for start in range(0, len(order), BATCH):
        rows = order[start : start + BATCH]
        yield _applications(chance, records.at(rows), boxes, rows, _ids(start, len(rows)))


def _ids(start: int, count: int) -> pa.StringArray:
    return joined("S", numbers(np.arange(start, start + count), 7))


def _applications(
    chance: Chance, part: Records, boxes: Contacts, writers: Int, ids: pa.StringArray
) -> pa.RecordBatch:
    """The applications of a batch; `writers` are their numbers in the plan."""
    altered = part.again | (part.farm >= 0)
    persona = pa.array(part.persona)
    handle = unless(chance.happens("no-handle", 0.1, part.persona), boxes.handle.take(persona))
    device = unless(chance.happens("no-device", 0.03, writers), hexed([part.device], 16))
    bank = unless(chance.happens("no-bank", 0.05, part.persona), hexed([part.bank], 12))
    wallet = unless(~pay.has_wallet(chance, part), pay.wallets(chance, part.wallet))
    columns = [
        ids,
        _names(chance, part, writers),
        _mailboxes(chance, part, boxes.email.take(persona)),
        phones(chance, part.phone, part.phone_at),
        addresses(chance, part.address, part.home_at, writers),
        _listed(dotted(part.ips.reshape(-1)), LOGINS),
        device,
        bank,
        wallet,
        handle,
        photos(chance, part.photo, altered, writers),
        resumes(chance, part, writers),
        _listed(_logins(chance, part, writers), _TIMES),
        pa.array(part.offset),
    ]
    return pa.record_batch(columns, schema=APPLICATIONS)


def _listed(values: pa.Array, each: int) -> pa.ListArray:
    offsets = np.arange(0, len(values) + 1, each, dtype=np.int32)
    return pa.ListArray.from_arrays(pa.array(offsets), values)


def _names(chance: Chance, part: Records, writers: Int) -> pa.StringArray:
    """Names as they are written: in the culture's order or, for a third, the other way round."""
    who = np.where(part.again & chance.happens("respells", 0.3, writers), writers + _PAGE,
                   part.persona)  # fmt: skip
    given = chosen(GIVEN.spellings, GIVEN.spelled(chance, "spells-given", part.given, who))
    family = chosen(FAMILY.spellings, FAMILY.spelled(chance, "spells-family", part.family, who))
    first = np.array([each.family_first for each in CULTURES])[part.culture]
    first &= ~chance.happens("turns-name", 1 / 3, writers)
    return pc.if_else(pa.array(first), joined(family, " ", given), joined(given, " ", family))


def _mailboxes(chance: Chance, part: Records, usual: pa.StringArray) -> pa.StringArray:
    """One's mailbox; of those who apply again some write it wrongly and some use another."""
    wrong = part.again & chance.happens("mistypes", 0.06, part.entity)
    other = part.again & chance.happens("other-box", 0.12, part.entity)
    text = pc.if_else(pa.array(wrong), pc.utf8_slice_codeunits(usual, 1), usual)
    moved = pc.replace_substring_regex(text, "@.*$", "@work.example")
    return pc.if_else(pa.array(other), moved, text)


def _logins(chance: Chance, part: Records, writers: Int) -> pa.Array:
    """Times of day, in hours UTC: a working day of ten hours where the person keeps hours."""
    row = np.repeat(np.arange(len(part)), _TIMES)
    at = np.tile(np.arange(_TIMES), len(part))
    early = chance.below("early", 30, part.entity)[row]
    tenth = 75 + early + chance.below("login", 100, writers[row], at)
    return pa.array(((tenth - 10 * part.hours[row]) % 240) / 10)


def _labels(records: Records) -> pa.Table:
    farmed = records.farm >= 0
    columns = [
        _ids(0, len(records)),
        joined("E", numbers(records.entity, 7)),
        chosen(("benign", "operator"), farmed.astype(np.int64)),
        unless(~farmed, joined("F", numbers(records.farm, 5))),
        chosen([each.code for each in CULTURES], records.culture),
        chosen([each.code for each in REGIONS], records.region),
    ]
    return pa.table(columns, schema=LABELS)
