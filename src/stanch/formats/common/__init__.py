"""Files that members exchange for private matching: a signed head, and bytes that it vouches for.

Pure codecs. What another party wrote and does not hold ends in `SignatureError`.
"""
