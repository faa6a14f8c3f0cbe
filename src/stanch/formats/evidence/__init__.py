"""Evidence that crosses borders: a signed list of files, and who handed it to whom.

`archive` is the ZIP file, read as if an enemy had written it; `statement` what its maker signs;
`custody` the entries that each hand adds; `stamp` what a log proves of their times; `proof` what
all of it together proves to the holder of a pin. docs/evidence.md shows the layout.
"""
