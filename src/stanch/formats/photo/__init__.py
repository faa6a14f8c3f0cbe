"""Pictures: perceptual hashes, and what a picture says itself of how it was made."""

from stanch.formats.photo.picture import MOST_BYTES, Picture, read

__all__ = ["MOST_BYTES", "Picture", "read"]
