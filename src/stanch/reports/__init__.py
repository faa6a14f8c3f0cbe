"""What people read: pages and explanations made from the files that a trace has written."""
