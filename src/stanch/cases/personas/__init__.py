"""Personas at the desk: what linking found is read by two people, then decided, with reasons.

Whatever is handed in is for its own member alone. Rows hold record ids, evidence and bits.
"""
