"""Asking nodes by JSON-RPC: one endpoint, several of them, and what they tell of a chain."""
