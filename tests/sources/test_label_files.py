import gzip

import pytest

from stanch.errors import InputError, UsageError
from stanch.formats.networks import place
from stanch.model.tables import OWN_RANKS, TAGS
from stanch.sources.labels import Reading, read

EVM = "0x" + "ab" * 20
BTC = "1CKVszDdUp4ymGceAZpGzYEFr4RPNHYqaM"
TRON = "TRYL7PKCG4b4xRCM554Q5J6o8f1UjUmfnY"
BITCOIN = "bip122:000000000019d6689c085ae165831e93"


def tags_of(path, order=0):
    reading = Reading()
    read(path, order, reading)
    return reading.rows.tags(), reading.rows.rejected().to_pylist()


@pytest.fixture
def table(tmp_path):
    def write(text, name="labels.csv"):
        path = tmp_path / name
        data = text.encode() if isinstance(text, str) else text
        path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
        return path

    return write


@pytest.mark.parametrize(
    ("currency", "address", "wanted"),
    [
        ("", EVM, ("eip155", None)),
        ("ETH", EVM, ("eip155", "eip155:1")),
        ("eth ", EVM, ("eip155", "eip155:1")),
        ("BSC", EVM, ("eip155", "eip155:56")),
        ("USDT", EVM, ("eip155", None)),
        ("USDT", TRON, ("tron", None)),
        ("USDT", BTC, ("bip122", BITCOIN)),
        ("XBT", BTC, ("bip122", BITCOIN)),
        ("", BTC, ("bip122", None)),
        ("", TRON, ("tron", None)),
        ("eip155:10", EVM, ("eip155", "eip155:10")),
        ("eip155", EVM, ("eip155", None)),
    ],
)
def test_where_an_address_belongs(currency, address, wanted):
    assert place(currency, address) == wanted


@pytest.mark.parametrize(("currency", "address"), [("XMR", "4abc"), ("", "addr1qx"), ("ETH", BTC)])
def test_chains_that_cannot_be_checked_say_so(currency, address):
    with pytest.raises(ValueError, match=r"cannot be checked|no known chain|not an EVM"):
        place(currency, address)


def test_a_table_with_good_and_bad_rows(table):
    path = table(
        "address,name,categories,source\n"
        f"{EVM.upper().replace('X', 'x')},Huobi 1,exchange,etherscan\n"
        "0x12,short,,etherscan\n"
        f"{EVM},,,etherscan\n"
        f"{EVM},mine,none,\n",
        "labels.csv.gz",
    )
    tags, rejected = tags_of(path, 2)
    assert tags.schema == TAGS
    first, second = tags.to_pylist()
    assert (first["address"], first["name"], first["rank"]) == (EVM, "Huobi 1", OWN_RANKS + 2)
    assert first["source"] == "labels.csv.gz: etherscan"
    assert (second["rank"], second["terms"]) == (2, ["category:none"])
    assert [(row["file"], row["row"]) for row in rejected] == [
        ("labels.csv.gz", 3),
        ("labels.csv.gz", 4),
    ]


def test_broken_text_costs_its_row_only(table):
    rows = b"address,name\n" + EVM.encode() + b",\xff\n" + EVM.encode() + b",fine\n"
    tags, rejected = tags_of(table(rows))
    assert tags["name"].to_pylist() == ["fine"]
    assert rejected[0]["row"] == 2


def test_a_truncated_gzip_keeps_what_came_before(table, tmp_path):
    text = "address,name\n" + "".join(f"0x{n:040x},name {n}\n" for n in range(20_000))
    whole = table(text, "whole.csv.gz").read_bytes()
    torn = tmp_path / "torn.csv.gz"
    torn.write_bytes(whole[: len(whole) // 2])
    tags, rejected = tags_of(torn)
    assert 0 < tags.num_rows < 20_000
    assert "ends too early" in rejected[-1]["reason"]


def test_times_of_validity(table):
    tags, rejected = tags_of(
        table(f"address,name,valid_from,valid_to\n{EVM},x,2023-01-26,\n{EVM},y,soon,\n")
    )
    assert tags["valid_from"].to_pylist()[0].isoformat() == "2023-01-26T00:00:00+00:00"
    assert "soon" in rejected[0]["reason"]


def test_a_folder_of_every_kind(tmp_path):
    (tmp_path / "packs" / ".hidden").mkdir(parents=True)
    pack = f"currency: ETH\ntags:\n- {{address: '{EVM}', label: a, category: exchange}}\n"
    (tmp_path / "packs" / "a.yaml").write_text(pack)
    (tmp_path / "packs" / ".hidden" / "b.yaml").write_text(pack)
    (tmp_path / "packs" / "broken.yml").write_text("a: b: c")
    (tmp_path / "sanctioned_addresses_XBT.txt").write_text(f"{BTC}\n")
    (tmp_path / "sanctioned_addresses_XBT.json").write_text(f'["{BTC}"]')
    (tmp_path / "README.md").write_text("nothing")
    (tmp_path / "mine.csv").write_text(f"address,name\n{EVM},b\n")
    tags, rejected = tags_of(tmp_path)
    name = tmp_path.name
    assert tags["source"].to_pylist() == [
        f"{name}/mine.csv",
        f"{name}/packs/a.yaml",
        f"{name}/sanctioned_addresses_XBT.txt: OFAC SDN list",
    ]
    assert [row["file"] for row in rejected] == [f"{name}/packs/broken.yml"]


def test_a_designation_reaches_every_evm_chain(tmp_path):
    path = tmp_path / "sanctioned_addresses_ETH.txt"
    path.write_text(f"{EVM}\n")
    (row,) = tags_of(path)[0].to_pylist()
    assert (row["namespace"], row["chain"], row["flags"]) == ("eip155", None, ["sanctioned"])


def test_a_table_without_a_telling_name(table):
    assert tags_of(table(f"address,name\n{EVM},x\n", "export.txt"))[0].num_rows == 1


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("", "labels.csv"),
        ("a,b\n1,2\n", "labels.csv"),
        ("address,name\n", "labels.csv"),
        ("address,name\n0x1,x\n", "labels.csv"),
        ("hello", "labels.txt"),
        ("tags: 5", "pack.yaml"),
        ("x", "torn.csv"),
    ],
)
def test_a_file_without_a_label_is_an_error(table, text, name):
    with pytest.raises(InputError, match=name):
        tags_of(table(text, name))


def test_a_path_that_is_not_there(tmp_path):
    with pytest.raises(UsageError, match="no file"):
        tags_of(tmp_path / "none.csv")


def test_real_packs(data_dir):
    packs = data_dir / "labels" / "tagpacks" / "packs"
    read_whole = {}
    for name in ("tornado_cash", "lazarus", "ronin_bridge", "ofac"):
        tags, rejected = tags_of(packs / f"{name}.yaml")
        read_whole[name] = (tags.num_rows, len(rejected))
    assert read_whole == {
        "tornado_cash": (39, 0),
        "lazarus": (21, 0),
        "ronin_bridge": (6, 0),
        "ofac": (564, 8),  # of chains whose addresses cannot be checked yet
    }


def test_the_real_list_is_read_whole(data_dir):
    tags, rejected = tags_of(data_dir / "labels" / "evm_name_tags.csv.gz")
    assert tags.num_rows + len(rejected) == 74_285
    assert {row["reason"] for row in rejected} <= {
        "says nothing of the address",
        "'contractaddress' has the form of no known chain: add a column chain",
    }
