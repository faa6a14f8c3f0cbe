"""What is known of people who apply for work: kinds of value, and the tables that hold them."""
