"""The methods in plain Python integers: what each means, for amounts of any width."""
