"""Columns of the tables between intake and linking, as Arrow schemas.

No table but SEALED holds a value that an application gave, and SEALED holds it encrypted. A `key`
is the first eight bytes of a keyed hash of a kind and a normalised value: equal values have equal
keys within one intake, and who lacks its key file learns nothing else.
"""

import pyarrow as pa

from stanch.model.tables import TIME

# One row for each application; `record` numbers them from 0 in the byte order of `record_id`.
RECORDS = pa.schema(
    [
        ("record", pa.int32()),
        ("record_id", pa.string()),  # as the employer or platform has it
        ("file", pa.string()),  # where it was read
        ("row", pa.int64()),
        ("received", TIME),  # nullable
        ("retain_until", pa.date32()),  # the day after which it is deleted, nullable
    ]
)

KEYS = pa.schema(
    [
        ("record", pa.int32()),
        ("kind", pa.string()),  # one of model.personas.kinds.KEYED
        ("key", pa.uint64()),
        ("place", pa.int32()),  # its place among the record's values of that kind, from 0;
        # a passage has the place of its line
        ("time", TIME),  # when it was seen, nullable
    ]
)

# All values of one kind of one record, as a JSON array, encrypted; see docs/design/personas.md.
SEALED = pa.schema([("record", pa.int32()), ("kind", pa.string()), ("sealed", pa.binary())])

# Values that are compared by nearness, opened in memory for one run and never written.
OPENED = pa.schema(
    [("record", pa.int32()), ("kind", pa.string()), ("value", pa.string()), ("time", TIME)]
)

# Who paid whom, from a chain or a payment firm; relationship evidence only where nothing else is
# known. `src` and `dst` are keys of kind WALLET or BANK.
PAID = pa.schema(
    [
        ("src", pa.uint64()),
        ("dst", pa.uint64()),
        ("time", TIME),  # nullable
        ("asset", pa.string()),  # CAIP-19, nullable
        ("amount", pa.string()),  # decimal integer in the smallest unit, nullable
    ]
)

# What one indicator says of one pair, `a` < `b`. Bits are counted in millionths, as integers, so
# that a sum is exact in any order.
PAIRS = pa.schema(
    [
        ("a", pa.int32()),
        ("b", pa.int32()),
        ("evidence", pa.string()),  # indicator@version
        ("microbits", pa.int64()),
        ("level", pa.string()),  # operator or farm: the most that it speaks for
        ("detail", pa.string()),  # a JSON object of numbers that the reasons are made of
    ]
)

# What one indicator says of one record alone (consistency of one identity): for its priority in
# the queue, never for a link.
MARKS = pa.schema(
    [
        ("record", pa.int32()),
        ("evidence", pa.string()),
        ("microbits", pa.int64()),
        ("detail", pa.string()),
    ]
)

# CSV that `stanch personas link` writes.
CLUSTERS_OUT = ("record_id", "operator_id", "farm_id")
LINKS_OUT = ("record_a", "record_b", "level", "bits", "evidence")
PEOPLE_OUT = ("record_id", "priority", "bits", "operator_id", "farm_id", "reasons")
