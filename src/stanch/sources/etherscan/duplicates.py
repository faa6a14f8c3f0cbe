"""Counting a transfer once that stands in the histories of two addresses.

Where a row says which one of its transaction it is (trace id, log index), that decides. Web
exports do not say: there the same row met for the nth time in one file is the nth such
transfer of the transaction, so the count is the largest that any one file shows.
"""

from collections import Counter

Key = tuple[str, ...]


class Told:
    """The transfers met so far. Memory grows with their number."""

    def __init__(self) -> None:
        """Begin with nothing met."""
        self._named: set[tuple[str, str]] = set()
        self._counted: Counter[Key] = Counter()  # kept, of rows that say what they are and not
        self._unnamed: Counter[Key] = Counter()  # of these, kept without a name, not yet claimed
        self._here: Counter[Key] = Counter()

    def next_file(self) -> None:
        """Begin to count the rows of another file."""
        self._here.clear()

    def is_new(self, key: Key, name: str) -> bool:
        """Whether this row is a transfer not met before.

        `key` is what all rows tell (transaction, parties, asset, value), the transaction first;
        `name` which one of the transaction it is, or empty.
        """
        self._here[key] += 1
        if name:
            named = (key[0], name)
            if named in self._named:
                return False
            self._named.add(named)
            if self._unnamed[key] > 0:
                self._unnamed[key] -= 1  # it is one that was kept without its name
                return False
        elif self._here[key] <= self._counted[key]:
            return False
        else:
            self._unnamed[key] += 1
        self._counted[key] += 1
        return True
