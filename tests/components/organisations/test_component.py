"""The spaCy component: findings and facts of a Doc."""

import spacy

import miner.components.organisations.component  # noqa: F401
from miner.document import Hints, make_doc
from miner.layout import lay_out


def test_the_component_fills_organisations_and_the_facts_about_the_jurisdiction() -> None:
    nlp = spacy.blank("zh")
    component = nlp.add_pipe("miner_organisations")
    findings = component(make_doc(nlp.vocab, lay_out("如皋市公安局抓获嫌疑人2名。市司法局派员调解。")))._.findings
    assert [(m.text, m.name, m.type, m.level, m.division_code) for m in findings.organisations] == [
        ("如皋市公安局", "如皋市公安局", "government", "county", "320682"), ("市司法局", "如皋市司法局", "government", "county", "320682")]
    assert (findings.facts.jurisdiction, findings.facts.jurisdiction_code, findings.facts.jurisdiction_at) == ("如皋市", "320682", (0, 3))


def test_the_hint_is_taken_as_the_jurisdiction() -> None:
    nlp = spacy.blank("zh")
    component = nlp.add_pipe("miner_organisations")
    findings = component(make_doc(nlp.vocab, lay_out("区商务局检查超市8家。"), Hints(jurisdiction="石景山区")))._.findings
    assert findings.organisations[0].name == "石景山区商务局"
    assert findings.facts.jurisdiction_reason == "given beforehand"
