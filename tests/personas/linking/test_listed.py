"""Pay to listed addresses: at no, one and two hops, and not through an exchange."""

import csv
import os
from pathlib import Path

import numpy as np
import pytest
from tests.personas.linking.small import sight

from stanch.app.personas.ingest import IngestRequest, ingest
from stanch.app.personas.link import LinkRequest, link
from stanch.app.personas.secret import Secret
from stanch.app.personas.services import listed_in
from stanch.model.personas import kinds
from stanch.personas.evidence import collector, listed

DATA = Path(os.environ.get("STANCH_DATA", "../shared/data")) / "personas"
OFAC = DATA / "ofac_it_worker_addresses.csv"


def hops(paid: list[tuple[int, int]], services: tuple[int, ...] = ()) -> dict[int, int]:
    held = {kinds.WALLET: [(record, record + 1) for record in range(6)]}
    known = sight(6, held, paid, services)
    found = listed.paths(known, np.array([4, 90], dtype=np.uint64))
    return {path.record: path.hops for path in found}


def test_a_listed_address_is_found_at_no_one_and_two_hops() -> None:
    paid = [(1, 90), (2, 50), (50, 90), (3, 60), (60, 61), (61, 90)]
    assert hops(paid) == {0: 1, 1: 2, 3: 0}  # record 2 is three payments away


def test_nobody_is_found_through_a_service_and_a_busy_listed_address_is_none() -> None:
    paid = [(1, 50), (50, 90)]
    assert hops(paid, services=(50,)) == {3: 0}
    crowd = [(each, 50) for each in range(1000, 1001 + collector.PAYERS)]
    assert hops(paid + crowd) == {3: 0}
    busy = [(each, 90) for each in range(1000, 1001 + collector.PAYERS)]
    assert hops([(1, 90), *busy]) == {0: 1, 3: 0}


@pytest.mark.skipif(not OFAC.exists(), reason=f"no {OFAC}")
def test_sanctioned_facilitators_are_told_with_the_path(tmp_path: Path) -> None:
    first = next(each for each in listed_in(OFAC) if each.startswith("0x"))
    coin = "1HmqvgSXUVES1jn4TQPzk9dxo1NE8wim2T"
    wallets = [f"0x{each:040x}" for each in range(0x1111, 0x1118)]
    people = "".join(f"P{n},{wallet}\n" for n, wallet in enumerate((first, *wallets[:4])))
    (tmp_path / "people.csv").write_text("record_id,wallet\n" + people)
    middle, hot = wallets[5:7]
    flows = [(wallets[0], coin), (wallets[1], middle), (middle, first), (wallets[2], hot),
             (hot, first)]  # fmt: skip
    (tmp_path / "pay.csv").write_text("src,dst\n" + "".join(f"{a},{b}\n" for a, b in flows))
    (tmp_path / "labels.csv").write_text(f"address,name,categories\n{hot},Binance 7,exchange\n")
    secret = Secret.make(tmp_path / "key" / "personas.key")
    ingest(
        IngestRequest((tmp_path / "people.csv",), tmp_path / "in", tmp_path / "pay.csv", workers=1),
        secret,
        lambda _: None,
    )
    asked = LinkRequest(tmp_path / "in", tmp_path / "out", (tmp_path / "labels.csv",), OFAC)
    assert link(asked, secret).exposed == 3
    with (tmp_path / "out" / "people.csv").open(newline="") as stream:
        said = {row["record_id"]: row["reasons"] for row in csv.DictReader(stream)}
    assert said.keys() == {"P0", "P1", "P2"}  # P3 pays an exchange, P4 nobody
    assert f"{wallets[0]} > {coin}" in said["P1"]
    assert f"{wallets[1]} > {middle} > {first}" in said["P2"]
