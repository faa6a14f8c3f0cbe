"""Transfers from the exports of Etherscan-like explorers: web CSV, API JSON, API rows as CSV."""
