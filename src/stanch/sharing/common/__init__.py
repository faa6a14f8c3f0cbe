"""Private matching: which indicators members have in common, without showing the others.

Pure functions of bytes and arrays; docs/design/private-matching.md names the papers and says what
each party learns. `indicators` writes an indicator in its one form; `group` is the arithmetic, of
libsecp256k1; `pair` is for two parties, `ring` for k of n; `rules` are what a party refuses.
"""
