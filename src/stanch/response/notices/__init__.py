"""E-mail as a notice only: something waits at the desk, and nothing of what it is.

`choice` is who wants to be told, and where; `wanted` what of the feed is worth an e-mail; `outbox`
what is to be sent.
"""
