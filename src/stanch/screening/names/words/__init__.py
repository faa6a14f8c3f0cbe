"""Words in names that stand for one another: of organisations, of persons, and what is no name."""
