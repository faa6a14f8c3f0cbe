"""The routes under /v1, one file an area: read the request, call one use case, answer."""
