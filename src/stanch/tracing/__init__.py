"""Where the stolen money went: MOVES and seeds in, flows and endpoints out.

`trace` walks the ledger once in canonical order. What a method knows of each purse is its book;
a book runs ordinary rows in compiled code (`kernels/`) and every other row, and every amount
too wide for that, in Python integers (`methods/`), by the same rules.
"""
