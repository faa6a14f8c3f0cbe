"""The same methods in compiled code, for amounts of up to 128 bits.

A kernel walks ordinary rows and hands back the first row that is not one: a purse that needs
attention, or a swap in which stolen money takes part. Each is held against its plain sibling in
`methods/` and against the twin in `tests/reference/`.
"""
