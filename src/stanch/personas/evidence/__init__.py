"""One indicator a file: what it reads, what it weighs, where the weight is from, where it errs."""
