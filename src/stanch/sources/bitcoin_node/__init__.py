"""Nodes of Bitcoin and the chains that took its form, asked by JSON-RPC, into TRANSFERS."""
