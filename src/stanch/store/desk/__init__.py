"""The joint desk on a database: its tables, its transactions, its log. SQLAlchemy, no driver."""
