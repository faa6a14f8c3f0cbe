"""Collections of STIX objects: who reads and writes them, what lies in them, who sees which object.

`docs/design/taxii.md` has the decisions. `access` says what a reader may do; `pages` reads by that,
`objects` puts, `removal` takes away. All work in the caller's transaction.
"""
