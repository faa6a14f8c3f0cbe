"""Nodes of EVM chains, asked by JSON-RPC, into TRANSFERS and BLOCKS."""
