"""Where a desk may send to: a webhook's URL and the addresses behind it, read without a network.

Whoever takes a URL from a member asks the same rule as whoever sends to it.
"""
