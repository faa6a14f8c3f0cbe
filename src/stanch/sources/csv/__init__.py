"""Transfers from any CSV file, its columns named by the user."""
