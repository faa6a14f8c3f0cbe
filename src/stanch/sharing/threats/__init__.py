"""Common threats at a desk: who reported that they hold the same, and what they choose to share.

`reports` takes what members signed, `records` shows it to those who hold it and to nobody else,
`answers` asks each whether to share more, and `opening` does so where both said yes.
docs/design/private-matching.md says what the desk learns.
"""
