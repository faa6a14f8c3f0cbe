"""Wallets and transactions in the dialects of partners, there and back without loss."""
