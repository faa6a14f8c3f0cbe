"""Sending to addresses that others chose: where to, how, signed with what, and when again."""
