"""The Doc: one spaCy token per character, and the findings that the components leave on it.

In: a :class:`~miner.layout.Layout`. Out: a spaCy Doc whose token ``i`` is the clean character ``i``, so that a spaCy span and a character
span are one and the same, and ``doc._.findings``, where the components put typed mentions.
"""

from miner.document.doc import make_doc
from miner.document.findings import Findings, Hints, ReportFacts
from miner.document.mentions import Date, Event, Organisation, Quantity, Trigger

__all__ = ["Date", "Event", "Findings", "Hints", "Organisation", "Quantity", "ReportFacts", "Trigger", "make_doc"]
