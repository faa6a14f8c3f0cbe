"""The story of one theft at a desk, from the report to what exchanges hold. It is a SIMULATION."""
