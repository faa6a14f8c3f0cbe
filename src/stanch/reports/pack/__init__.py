"""The pack of a meeting: one document for one reader, as PDF and as HTML."""
