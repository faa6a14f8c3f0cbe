"""What the desk does without being asked: it sends, it retries, it lets orders expire."""
