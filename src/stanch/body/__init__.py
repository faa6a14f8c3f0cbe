"""Bodies of several members: seats, targets, meetings, and what is decided there."""
