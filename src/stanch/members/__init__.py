"""Organisations at the desk, the people in them, their keys and contacts, and how they come in."""
