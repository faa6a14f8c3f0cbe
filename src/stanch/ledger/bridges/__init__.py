"""Which payment out of a bridge is the other end of which payment into it."""
