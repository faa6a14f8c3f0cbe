"""The registry's files: nine tables in CSV, each with a schema, read cell by cell."""
