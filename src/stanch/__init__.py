"""Stanch: follow stolen money across chains to where it can still be stopped."""

__version__ = "0.1.0"
