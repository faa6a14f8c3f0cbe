"""From evidence to scores of pairs, and from scores to operators and farms."""
