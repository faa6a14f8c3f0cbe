"""Personas: which applications are one operator or one farm, and what evidence says so."""
