"""TAXII 2.1 as use cases: what a reader's request becomes, and what a post does."""
