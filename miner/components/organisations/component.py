"""The component ``miner_organisations``: institutions of a report, each with its full name, and the report's jurisdiction.

In: ``doc._.findings.layout`` and ``hints``. Out: ``findings.organisations`` and ``findings.facts.jurisdiction…``.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from miner.components.organisations.finder import OrganisationFinder
from miner.components.profile import Profile


class OrganisationsComponent:
    """The thin spaCy layer over :class:`~miner.components.organisations.finder.OrganisationFinder`."""

    def __init__(self) -> None:
        self.finder = OrganisationFinder()

    def use_profile(self, profile: Profile) -> None:
        """Look for a user's own bodies, aliases and suffixes too."""
        self.finder = OrganisationFinder(profile=profile)

    def __call__(self, doc: Doc) -> Doc:
        """Fill ``findings.organisations`` and the facts about the jurisdiction."""
        findings = doc._.findings
        found = self.finder.find(findings.layout, findings.hints.jurisdiction)
        findings.organisations = found.organisations
        facts, jurisdiction = findings.facts, found.jurisdiction
        facts.jurisdiction, facts.jurisdiction_at = jurisdiction.name, jurisdiction.at
        facts.jurisdiction_code, facts.jurisdiction_reason = jurisdiction.code, jurisdiction.reason
        facts.jurisdiction_confidence = jurisdiction.confidence
        return doc


@Language.factory("miner_organisations")
def make(nlp: Language, name: str) -> OrganisationsComponent:
    """The spaCy factory."""
    return OrganisationsComponent()
