"""A designation file for people: a page to print, and a cross-check in words."""
