"""Actions: which verbs say an action, of which type, in which modality.

In: findings with organisations, dates and quantities. Out: ``findings.triggers``.
"""
