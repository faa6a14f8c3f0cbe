"""Clusters of personas as people read them: a picture, and a page without any network."""
