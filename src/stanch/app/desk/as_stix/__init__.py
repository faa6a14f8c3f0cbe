"""Rows of a desk as STIX items, each with the handling of its row."""
