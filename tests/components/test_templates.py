"""Templates: what is trained as names is scored from tables, with the same result."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from miner.components.linear import BinaryModel, ChoiceModel
from miner.components.templates import TemplateChoice, TemplateModel, Templates

TEMPLATES = Templates(("word", "after", "tag"), ("w={word}", "wa={word}|{after}", "a={after}", "t={tag}", "t={tag}|{after}"))
WORDS = st.sampled_from(["检查", "排查", "出动", ""])
ANY = st.text("检查|=,。a", max_size=3)
WEIGHTS = st.floats(-3, 3).map(lambda weight: round(weight, 3))


def test_names_are_the_templates_filled_in():
    assert TEMPLATES.names(("检查", "药店", "v")) == ["w=检查", "wa=检查|药店", "a=药店", "t=v", "t=v|药店"]


@pytest.mark.parametrize("template", ["w={verb}", "{word}|{after}|{tag}", "w={word}-{after}"])
def test_what_is_no_template_is_refused(template):
    with pytest.raises(ValueError):
        Templates(("word", "after", "tag"), (template,))


@given(st.lists(st.tuples(WORDS, ANY, WORDS), min_size=1, max_size=6), st.lists(WEIGHTS, min_size=1), st.lists(st.sampled_from(["in-item", "de-left"])))
def test_a_score_is_the_sum_of_the_weights_of_the_names(examples, weights, others):
    names = [*list(dict.fromkeys(name for values in examples for name in TEMPLATES.names(values)))[::2], "in-item"]
    model = BinaryModel(dict(zip(names, weights * len(names), strict=False)), 0.25)
    for values in examples:
        expected = model.score([*TEMPLATES.names(values), *others])
        assert TemplateModel(model, TEMPLATES).score(values, others) == pytest.approx(expected, abs=1e-9)


@given(st.lists(st.tuples(WORDS, ANY, WORDS), min_size=1, max_size=6), st.lists(WEIGHTS, min_size=1), st.lists(st.sampled_from(["in-item", "de-left"])))
def test_scores_of_classes_are_the_sums_of_their_weights(examples, weights, others):
    names = list(dict.fromkeys(name for values in examples for name in TEMPLATES.names(values)))
    classes = {
        "inspect": BinaryModel(dict(zip(names[::2], weights * len(names), strict=False)), 0.5),
        "train": BinaryModel(dict(zip(names[1::3], weights * len(names), strict=False)), -1.0),
    }
    model = ChoiceModel(classes)
    for values in examples:
        expected = model.scores([*TEMPLATES.names(values), *others], classes)
        assert TemplateChoice(model, TEMPLATES).scores(values, others) == pytest.approx(expected, abs=1e-9)
