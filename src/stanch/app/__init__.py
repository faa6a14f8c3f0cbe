"""Use cases, one file each. They open what is needed, call the pipeline, and write the result."""
