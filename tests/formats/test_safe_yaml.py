import pytest

from stanch.formats import safe_yaml
from stanch.formats.safe_yaml import load


def test_plain_data():
    assert load(b"a: [1, two, 2023-01-26]\n")["a"][:2] == [1, "two"]


def test_an_honest_alias_works():
    text = b"base: &base {currency: BTC}\ntags:\n" + b"- {<<: *base, address: x}\n" * 500
    assert load(text)["tags"][499] == {"currency": "BTC", "address": "x"}


@pytest.mark.parametrize("form", ["[{}]", "{{<<: [{}]}}"])
def test_a_bomb_of_aliases_is_refused_at_once(form):
    lines = ["a0: &a0 {x: 1, y: 2}"]
    for level in range(1, 30):
        aliases = ", ".join([f"*a{level - 1}"] * 9)
        lines.append(f"a{level}: &a{level} {form.format(aliases)}")
    with pytest.raises(ValueError, match="many times larger"):
        load("\n".join(lines).encode())


def test_a_loop_of_aliases_is_refused():
    with pytest.raises(ValueError, match="many times larger"):
        load(b"a: &a [1, *a]")


@pytest.mark.parametrize(
    "text",
    [
        b"!!python/object/apply:os.system ['true']",
        b"!!timestamp never",
        b"!!int ''",
        b"!!bool perhaps",
        b"a: *nobody",
        b"? [1, 2]\n: x\n? {a: b}\n: y",
        b"a: b: c",
        b"\x00",
        b"[" * 100_000,
        b"9" * 10_000,
    ],
)
def test_what_cannot_be_read_has_a_reason(text):
    with pytest.raises(ValueError, match="is "):
        load(text)


def test_a_text_too_large_is_refused_before_it_is_parsed(monkeypatch):
    monkeypatch.setattr(safe_yaml, "MAX_BYTES", 10)
    with pytest.raises(ValueError, match="larger"):
        load(b"a: 123456789")
