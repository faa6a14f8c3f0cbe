"""Documents and signatures of the joint desk (docs/design/desk.md, "What is signed").

Pure codecs: no file, no network, no clock. Whatever another party wrote and does not hold ends in
`SignatureError` with one line that says why, and in nothing else; so does a document that cannot be
written. Who calls needs to catch that alone.

`canonical` and `jws` are how things are written and signed, `keys` with what; `order`, `statement`
and `directory` are the documents; `chain` walks from a pinned directory to the newest; `verdict`
checks one statement, `bundle` an order with all that was signed about it.
"""
