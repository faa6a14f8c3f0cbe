"""What names say: how they are written in every script, and when two of them are one name."""
