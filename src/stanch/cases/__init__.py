"""Cases: what is gathered about a theft, who judges what, and what comes in from outside."""
