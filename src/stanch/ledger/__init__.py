"""The ledger: transfers in one order, with ids, purses and quick ways in (docs/design/tables.md).

`build` makes a ledger folder from batches of TRANSFERS, `Ledger.open` reads one.
"""
