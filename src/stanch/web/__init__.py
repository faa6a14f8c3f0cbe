"""The desk over HTTP: the JSON API under /v1. Alone in holding FastAPI."""
