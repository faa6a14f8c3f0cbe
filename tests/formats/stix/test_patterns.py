"""Patterns that are open, too deep, or explode are refused; those that people write are not."""

import time

import pytest

from stanch.formats.stix.patterns import fault_in_pattern, fault_in_regex


@pytest.mark.parametrize(
    "pattern",
    [
        "[url:value = 'https://example.org/']",
        "[file:hashes.'SHA-256' = 'ab'] AND [ipv4-addr:value = '10.0.0.1']",
        "([a:b = 'c'] FOLLOWEDBY [d:e IN ('f', 'g')]) WITHIN 5 SECONDS",
        r"[a:b = 'it\'s \\ here'] START t'2026-01-01T00:00:00Z' STOP t'2026-01-02T00:00:00Z'",
        r"[domain-name:value MATCHES '^([a-z0-9-]+\\.)+example\\.org$']",
        r"[url:value MATCHES '^https?://[^/]+/(a|b)*/?$'] /* said by 'me */",
        r"[file:name MATCHES '(?:\\w+\\s)+x{2,5}']",
        "[a:b = 'MATCHES (a+)+']",
    ],
)
def test_what_people_write_is_taken(pattern):
    assert fault_in_pattern(pattern) == ""


@pytest.mark.parametrize(
    "pattern",
    ["", "a = 'b'", "[a:b = 'c'", "[a:b = 'c]", "a:b]", "[a:b = 'c')", "(" * 65 + "[]",
     "[a:b = '\\", "['" + "x" * (1 << 16) + "']"],
)  # fmt: skip
def test_what_no_reader_could_read_is_refused(pattern):
    assert "pattern" in fault_in_pattern(pattern)


@pytest.mark.parametrize(
    "regex",
    [
        "(a+)+", "(a*)*b", "^(a+)+$", "(a|a)*", "(a|a?)+", "([a-z]+)*", r"(\w+\s*)+x", "((a+))+",
        "(?:x*){2,}", "(?:(?:a+)+)", "(a?)*", "a{2000}", "(" * 70, "(a", "(?P<n>a+)+",
    ],
)  # fmt: skip
def test_what_repeats_what_repeats_is_refused(regex):
    assert fault_in_regex(regex)
    assert "MATCHES" in fault_in_pattern(f"[a:b MATCHES '{regex.replace(chr(92), chr(92) * 2)}']")


def test_a_long_pattern_is_looked_at_in_a_time_that_grows_as_it_does():
    def seconds(size: int) -> float:
        texts = ("[" * size, "'" * size, "/*" * size, "[a:b MATCHES '" + "(a" * size + "']",
                 "[a:b MATCHES '" + "[a" * size + "']", "\\" * size)  # fmt: skip
        began = time.process_time()
        for text in texts:
            fault_in_pattern(text[: 1 << 16])
        return time.process_time() - began

    seconds(1000)
    assert seconds(1 << 14) < 100 * seconds(1 << 10) + 0.5
