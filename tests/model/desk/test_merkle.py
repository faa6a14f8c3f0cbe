"""The Merkle tree against its recursive twin, and attacks on its proofs."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reference import merkle as twin

from stanch.model.desk import merkle

ENTRIES = st.lists(st.binary(max_size=8), max_size=70)


def tree(entries):
    """The kept hashes of all whole subtrees, made as the log makes them."""
    kept = {}
    for place, entry in enumerate(entries):
        leaf = merkle.leaf_hash(entry)
        for level, at, node in merkle.grown(place, leaf, lambda *where: kept[where]):
            assert (level, at) not in kept
            kept[level, at] = node
    return lambda *where: kept[where]


def test_the_roots_are_those_of_certificate_transparency():
    """From the tests of Google's certificate-transparency (cpp/merkletree, merkle_tree_test.cc)."""
    entries = ["", "00", "10", "2021", "3031", "40414243"]
    entries += ["5051525354555657", "606162636465666768696a6b6c6d6e6f"]
    roots = {
        1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    }
    lookup = tree([bytes.fromhex(entry) for entry in entries])
    for size, expected in roots.items():
        assert merkle.root(0, size, lookup).hex() == expected


@given(ENTRIES)
def test_roots_are_the_twins(entries):
    assert merkle.root(0, len(entries), tree(entries)) == twin.mth(entries)


@given(ENTRIES.filter(bool), st.data())
def test_inclusion_is_the_twins_and_holds(entries, data):
    place = data.draw(st.integers(0, len(entries) - 1))
    proof = merkle.inclusion_proof(place, len(entries), tree(entries))
    assert proof == twin.path(place, entries)
    leaf = merkle.leaf_hash(entries[place])
    assert merkle.included(leaf, place, len(entries), proof, twin.mth(entries))


@given(ENTRIES.filter(bool), st.data())
def test_consistency_is_the_twins_and_holds(entries, data):
    first = data.draw(st.integers(1, len(entries)))
    proof = merkle.consistency_proof(first, len(entries), tree(entries))
    assert proof == twin.proof(first, entries)
    roots = (twin.mth(entries[:first]), twin.mth(entries))
    assert merkle.consistent((first, len(entries)), roots, proof)


HASH = st.sampled_from([hashlib.sha256(bytes([n])).digest() for n in range(4)])


@given(st.integers(0, 20), st.integers(0, 20), st.lists(HASH, max_size=7), st.data())
def test_any_path_is_judged_as_the_twin_judges_it(place, size, proof, data):
    leaf = data.draw(HASH)
    led = twin.root_by_path(place, size, leaf, proof) if place < size else None
    expected = led or data.draw(HASH)
    assert merkle.included(leaf, place, size, proof, expected) is (led is not None)


def altered(proof):
    """Every way in which one hash of a proof is wrong, too few or too many."""
    for at, node in enumerate(proof):
        yield [*proof[:at], bytes([node[0] ^ 1, *node[1:]]), *proof[at + 1 :]]
        yield [*proof[:at], *proof[at + 1 :]]
        yield [*proof[:at], node, *proof[at:]]
    yield [*proof, bytes(32)]
    yield [bytes(32), *proof]


def test_no_altered_proof_of_inclusion_holds():
    entries = [bytes([n]) for n in range(13)]
    lookup, whole = tree(entries), twin.mth(entries)
    for place, entry in enumerate(entries):
        leaf, proof = merkle.leaf_hash(entry), twin.path(place, entries)
        assert merkle.inclusion_proof(place, 13, lookup) == proof
        for bad in altered(proof):
            assert not merkle.included(leaf, place, 13, bad, whole)
        for other in set(range(-1, 15)) - {place}:
            assert not merkle.included(leaf, other, 13, proof, whole)
        assert not merkle.included(merkle.leaf_hash(b"other"), place, 13, proof, whole)


def test_no_altered_proof_of_consistency_holds():
    entries = [bytes([n]) for n in range(13)]
    for second in range(1, 14):
        for first in range(1, second):
            proof = twin.proof(first, entries[:second])
            roots = (twin.mth(entries[:first]), twin.mth(entries[:second]))
            for bad in altered(proof):
                assert not merkle.consistent((first, second), roots, bad)
            forked = twin.mth([b"forked", *entries[1:first]])
            assert not merkle.consistent((first, second), (forked, roots[1]), proof)
            assert not merkle.consistent((first, second), (roots[0], bytes(32)), proof)


def test_only_the_empty_tree_begins_with_nothing():
    whole = twin.mth([b"a"])
    assert merkle.consistent((0, 1), (merkle.EMPTY, whole), [])
    assert not merkle.consistent((0, 1), (whole, whole), [])
    assert not merkle.consistent((0, 1), (merkle.EMPTY, whole), [whole])
    assert not merkle.consistent((2, 1), (whole, whole), [])
    assert not merkle.consistent((-1, 1), (whole, whole), [])


def test_a_leaf_is_never_a_node():
    left, right = merkle.leaf_hash(b"a"), merkle.leaf_hash(b"b")
    assert merkle.leaf_hash(left + right) != merkle.node_hash(left, right)


def test_no_proof_is_made_beyond_the_tree():
    lookup = tree([b"a", b"b"])
    for place, size in [(2, 2), (-1, 2), (0, 0)]:
        with pytest.raises(ValueError, match="no entry"):
            merkle.inclusion_proof(place, size, lookup)
    with pytest.raises(ValueError, match="does not begin"):
        merkle.consistency_proof(3, 2, lookup)
