"""Block orders at the desk: `rules` says what may be, the records beside it keep what was.

`orders` are drafted, `statements` are taken, and what follows is written by `notebook` and told by
`feed`. Addressees acknowledge in `deliveries` and reply in `replies`; `effects` and `outcomes` keep
what the law made of it. `watched` is what screening needs to know.
"""
