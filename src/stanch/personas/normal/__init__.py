"""The one form of each kind of value, or the reason why a value has none."""
