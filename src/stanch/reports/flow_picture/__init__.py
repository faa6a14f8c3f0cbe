"""The flow picture: a graph of who passed money to whom, folded, laid out by time, drawn."""
