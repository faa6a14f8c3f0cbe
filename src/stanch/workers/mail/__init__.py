"""E-mail as a notice only: which server takes it, what it says, and when it is sent again."""
