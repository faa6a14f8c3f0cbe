"""Where rows and folders are kept: the port to a query engine, Parquet files, output folders."""
