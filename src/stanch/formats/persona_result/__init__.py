"""What linking of applications found, as it goes to a desk: record ids, evidence and bits."""
