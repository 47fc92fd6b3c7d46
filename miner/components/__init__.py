"""The spaCy components, one folder each: what they find they leave on ``doc._.findings``.

In: a Doc of clean text. Out: mentions, triggers, events. They know no files and no tables.
"""
