"""Events: the rows of the table. Who did an action, when, how much of it.

In: findings with triggers and all mentions. Out: ``findings.events``.
"""
