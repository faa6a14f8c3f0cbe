"""Compiled loops of the name search (Numba). Arrays in, arrays out; nothing here knows a record."""
