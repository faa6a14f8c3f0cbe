"""Bits of evidence: learned from the intake at hand without labels, and from stated constants."""
