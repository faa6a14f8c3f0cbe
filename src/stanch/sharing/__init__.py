"""What members tell each other, and what they find out together without telling."""
