"""Exports of Etherscan-like explorers, in every form, alone and together."""

import json
from itertools import permutations

import pytest

from stanch.errors import InputError, UsageError

A, B, C, NULL = (f"0x{char * 40}" for char in "abc0")
USDT = "0xdac17f958d2ee523a2206206994597c13d831ec7"
ETH = "eip155:1/slip44:60"
FEES = "eip155:1:fees"


def account(address):
    return f"eip155:1:{address}"


def external(tx="0x01", **said):
    return {
        "blockNumber": "10", "timeStamp": "1685578821", "hash": tx, "transactionIndex": "5",
        "from": A, "to": B, "value": "1000", "gasPrice": "3", "gasUsed": "7", "isError": "0",
        "txreceipt_status": "1", "contractAddress": "", **said,
    }  # fmt: skip


def internal(tx="0x01", **said):
    return {
        "blockNumber": "10", "timeStamp": "1685578821", "hash": tx, "from": B, "to": C,
        "value": "400", "contractAddress": "", "input": "", "type": "call", "gas": "1",
        "gasUsed": "0", "traceId": "0_1", "isError": "0", "errCode": "", **said,
    }  # fmt: skip


def token(tx="0x01", **said):
    return {
        "blockNumber": "10", "timeStamp": "1685578821", "hash": tx, "from": A, "to": C,
        "contractAddress": USDT, "value": "5000000", "tokenName": "Tether", "tokenSymbol": "USDT",
        "tokenDecimal": "6", "transactionIndex": "5", "gasPrice": "3", "gasUsed": "7", **said,
    }  # fmt: skip


def answer(*records):
    return json.dumps({"status": "1", "message": "OK", "result": list(records)})


def api_csv(*records):
    rows = [",".join(records[0]), *(",".join(each.values()) for each in records)]
    return "\n".join(rows) + "\n"


MOVES = ("tx", "from", "to", "asset", "amount", "kind", "log_index")


@pytest.mark.parametrize("form", [answer, api_csv, lambda *rows: json.dumps(rows),
                                  lambda *rows: "\n".join(map(json.dumps, rows))])  # fmt: skip
def test_fee_before_value_in_every_form_of_the_api(write, load, form):
    result = load("etherscan", write("x", form(external(), external("0x02", value="0"))))
    assert result.pick(*MOVES) == [
        ("0x01", account(A), FEES, ETH, 21, "fee", 0),
        ("0x01", account(A), account(B), ETH, 1000, "native", 1),
        ("0x02", account(A), FEES, ETH, 21, "fee", 0),
    ]
    assert result.pick("block", "tx_index")[0] == (10, 5)
    assert result.rejected == []


@pytest.mark.parametrize("said", [{"isError": "1"}, {"txreceipt_status": "0"}])
def test_a_failed_transaction_moves_its_fee_alone(write, load, said):
    created = external("0x02", to="", **said)
    result = load("etherscan", write("x", answer(external(**said), created)))
    assert result.pick("kind") == [("fee",), ("fee",)]


def test_a_created_contract_is_paid(write, load):
    result = load("etherscan", write("x", answer(external(to="", contractAddress=C))))
    assert result.pick("to")[1] == (account(C),)


def test_internal_transfers_find_their_place_and_failures_move_nothing(write, load):
    inner = write("i", answer(internal(), internal(traceId="0_2", isError="1")))
    result = load("etherscan", inner, write("e", answer(external())))
    assert result.pick("kind", "amount", "tx_index", "log_index") == [
        ("fee", 21, 5, 0),
        ("native", 1000, 5, 1),
        ("internal", 400, 5, 2),
    ]
    assert result.reading.idle == 1


def test_tokens_minted_moved_and_burned(write, load):
    rows = [token(), token("0x02", **{"from": NULL}), token("0x03", to=NULL, value="0")]
    result = load("etherscan", write("x", answer(*rows, token("0x04", to=NULL))))
    asset = f"eip155:1/erc20:{USDT}"
    assert result.pick("tx", "asset", "amount", "kind") == [
        ("0x01", asset, 5_000_000, "token"),
        ("0x02", asset, 5_000_000, "mint"),
        ("0x04", asset, 5_000_000, "burn"),
    ]
    assert result.reading.assets[asset] == ("USDT", 6)


def test_pieces_of_collections(write, load):
    piece = token(tokenID="7", tokenDecimal="0", contractAddress=C)
    del piece["value"]
    assert load("etherscan", write("x", answer(piece))).pick("asset", "amount") == [
        (f"eip155:1/erc721:{C}/7", 1)
    ]
    several = piece | {"tokenValue": "12"}
    assert load("etherscan", write("x", answer(several))).pick("asset", "amount") == [
        (f"eip155:1/erc1155:{C}/7", 12)
    ]


def test_the_same_row_in_two_histories_counts_once(write, load):
    one = write("1", answer(external(), external("0x02")))
    two = write("2", answer(external("0x02"), external("0x03")))
    result = load("etherscan", one, two)
    assert result.pick("tx") == [(tx,) for tx in ("0x01", "0x01", "0x02", "0x02", "0x03", "0x03")]
    assert any("1 rows" in note for note in result.reading.notes)


def test_equal_transfers_of_one_transaction_count_as_often_as_one_file_shows(write, load):
    twice = write("1", answer(token(), token()))
    thrice = write("2", answer(token(), token(), token(), token("0x02")))
    for files in permutations([twice, thrice]):
        result = load("etherscan", *files)
        assert sorted(result.pick("tx")) == [("0x01",)] * 3 + [("0x02",)]


def test_trace_ids_tell_equal_transfers_apart(write, load):
    one = write("1", answer(internal(), internal(traceId="0_2")))
    two = write("2", answer(internal(traceId="0_2"), internal(traceId="0_3")))
    assert len(load("etherscan", one, two).transfers) == 3


WEB = (
    '"Transaction Hash","Blockno","UnixTimestamp","DateTime (UTC)","From","To","ContractAddress",'
    '"Value_IN(ETH)","Value_OUT(ETH)","CurrentValue @ $1/Eth","TxnFee(ETH)","TxnFee(USD)",'
    '"Historical $Price/Eth","Status","ErrCode","Method"\n'
)
WEB_INTERNAL = (
    '"Transaction Hash","Blockno","UnixTimestamp","DateTime (UTC)","ParentTxFrom","ParentTxTo",'
    '"ParentTxETH_Value","From","TxTo","ContractAddress","Value_IN(ETH)","Value_OUT(ETH)",'
    '"CurrentValue @ $1/Eth","Historical $Price/Eth","Status","ErrCode","Type"\n'
)
WEB_TOKEN = (
    '"Transaction Hash","Blockno","UnixTimestamp","DateTime (UTC)","From","To","TokenValue",'
    '"USDValueDayOfTx","ContractAddress","TokenName","TokenSymbol"\n'
)
WHEN = '"10","1685578821","2023-06-01 00:20:21"'


def test_web_export_of_external_transactions(write, load):
    rows = (
        f'"0x01",{WHEN},"{A}","{B}","","0","1,234.5","9","0.0021","3","1785.9","","","Transfer"\n'
        f'"0x02",{WHEN},"{A}","{B}","","0","1","9","0.1","3","1","Error(0)","Reverted","Swap"\n'
        f'"0x03",{WHEN},"{A}","{B}","","0","1","9","0.1","3","1","maybe","","Swap"\n'
    )
    result = load("etherscan", write("x.csv", WEB + rows))
    assert result.pick("tx", "kind", "amount") == [
        ("0x01", "fee", 2_100_000_000_000_000),
        ("0x01", "native", 1_234_500_000_000_000_000_000),
        ("0x02", "fee", 10**17),
    ]
    assert result.refused == [(4, "status 'maybe' does not tell whether it went through")]


def test_web_export_of_internal_transactions(write, load):
    rows = "".join(
        f'"0x01",{WHEN},"{C}","{B}","0","{B}","{A}","","0.25","0","9","1","{status}","","call"\n'
        for status in (0, 1)
    )
    result = load("etherscan", write("x.csv", WEB_INTERNAL + rows))
    assert result.pick("from", "to", "kind", "amount") == [
        (account(B), account(A), "internal", 25 * 10**16)
    ]


def test_web_and_api_rows_of_one_internal_transfer_count_once(write, load):
    row = f'"0x01",{WHEN},"{A}","{B}","0","{B}","{C}","","0.25","0","9","1","0","","call"\n'
    web = write("web.csv", WEB_INTERNAL + row)
    api = write("api.json", answer(internal(value="250000000000000000")))
    for files in permutations([web, api]):
        assert len(load("etherscan", *files).transfers) == 1


def test_web_export_of_tokens_needs_decimals(write, load):
    row = f'"0x01",{WHEN},"{A}","{B}","1,000.5","$1","{{}}","T","T"\n'
    known = write("known.csv", WEB_TOKEN + row.format(USDT))
    assert load("etherscan", known).pick("amount") == [(1_000_500_000,)]
    unknown = write("unknown.csv", WEB_TOKEN + row.format(C))
    assert "give --decimals" in load("etherscan", unknown).refused[0][1]
    assert load("etherscan", unknown, decimals=1).pick("amount") == [(10_005,)]


def test_bad_rows(write, load):
    rows = [
        external(**{"from": A[:-1]}),
        external(value="-5"),
        external(value=str(2**256)),
        external(timeStamp=""),
        external(hash=""),
        external(isError="perhaps"),
        external(value="1e3"),
    ]
    result = load("etherscan", write("x.json", answer(*rows)))
    assert result.transfers == []
    assert [row for row, _ in result.refused] == [1, 2, 3, 4, 5, 6, 7]
    reasons = ["EVM address", "negative", "above", "time", "hash", "isError", "not a number"]
    for (_, said), reason in zip(result.refused, reasons, strict=True):
        assert reason in said


def test_a_broken_first_record_does_not_cost_the_others(write, load):
    content = answer(external("0x00"), external()).replace("0x00", "\udcff")
    result = load("etherscan", write("x.json", content.encode(errors="surrogateescape")))
    assert result.refused == [(1, "is not UTF-8 text")]
    assert result.pick("kind") == [("fee",), ("native",)]


def test_the_largest_amount_survives(write, load):
    row = token(value=str(2**256 - 1))
    assert load("etherscan", write("x", answer(row))).pick("amount", "amount_wide") == [
        (None, b"\xff" * 32)
    ]


def test_numbers_in_json_are_never_floats(write, load):
    text = answer(external()).replace('"1000"', "1000000000000000000000000001")
    assert load("etherscan", write("x", text)).pick("amount")[1] == (10**27 + 1,)


def test_a_page_that_is_full_is_doubted(write, load):
    result = load("etherscan", write("x", answer(*(external(hex(n)) for n in range(1000)))))
    assert any("cut short" in note for note in result.reading.notes)


def test_other_chains_have_to_be_named(write, load):
    text = (
        WEB.replace("ETH", "BNB")
        + f'"0x01",{WHEN},"{A}","{B}","","0","1","9","0","0","0","","",""\n'
    )
    path = write("x.csv", text)
    with pytest.raises(UsageError, match="counts in BNB"):
        load("etherscan", path)
    result = load("etherscan", path, chain="eip155:56")
    assert result.pick("from", "asset") == [(f"eip155:56:{A}", "eip155:56/slip44:714")]
    with pytest.raises(UsageError, match="EVM chains"):
        load("etherscan", path, chain="tron:0x2b6653dc")


def test_what_is_no_export(write, load):
    with pytest.raises(InputError, match="rate limit"):
        load("etherscan", write("x", '{"status":"0","message":"NOTOK","result":"rate limit"}'))
    with pytest.raises(InputError, match="no column for from, hash"):
        load("etherscan", write("x.csv", "to,value,timeStamp\n"))
    empty = load("etherscan", write("x", '{"status":"0","message":"none","result":[]}'))
    assert empty.transfers == empty.rejected == []


def test_the_ronin_history_twice_is_the_ronin_history(data_dir, load):
    path = data_dir / "tracing" / "ronin" / "external_txs.csv.gz"
    result = load("etherscan", path, path)
    kinds = [kind for (kind,) in result.pick("kind")]
    assert (kinds.count("fee"), kinds.count("native"), result.rejected) == (14_809, 5_450, [])
