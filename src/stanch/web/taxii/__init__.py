"""TAXII 2.1 over HTTP: paths, media types, headers, errors. What is answered, `app.taxii` says."""
