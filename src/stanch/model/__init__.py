"""What everything speaks of: chains, addresses, assets, and the columns of the tables."""
