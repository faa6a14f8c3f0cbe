"""TAXII 2.1: media types, filters, resources, pages and their cursors, as bytes and back."""
