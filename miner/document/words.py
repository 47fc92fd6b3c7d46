"""Word boundaries, as features: jieba's dictionary behind one small interface.

A mention is never decided on words (see :mod:`miner.document.doc`); classifiers may ask where a word begins or ends.
"""
