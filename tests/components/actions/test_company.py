"""A candidate in its company: what the others of its clause, sentence and paragraph say about it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from miner.components.actions.company import Company, Surroundings, names, steps
from miner.components.linear import read_model

WEIGHTS = {"own=5": 0.5, "numbered=1": 0.125, "numbered=1|clause=8": 0.25, "clause=8": 1.0, "sentence=7": 2.0, "paragraph=0": 4.0}
MODEL = {"own": 1.0, "bias": -0.25, "weights": WEIGHTS}
SCORES = st.lists(st.tuples(st.floats(-20, 20), st.integers(0, 2), st.booleans()), min_size=1, max_size=12)

SHIPPED = read_model("actions")["company"]


def placed(drawn: list[tuple[float, int, bool]]) -> tuple[list[float], list[Surroundings]]:
    """Scores, and places that ascend: how far each candidate is from the one before it says what it shares with it."""
    clause = sentence = paragraph = 0
    places = []
    for _, step, numbered in drawn:
        clause, sentence, paragraph = clause + (step > 0), sentence + (step > 1), paragraph + (step > 1 and sentence % 2)
        places.append(Surroundings(clause, sentence, paragraph, numbered))
    return [score for score, _, _ in drawn], places


@given(SCORES)
def test_what_is_decided_is_the_sum_of_the_weights_of_the_named_features(drawn: list[tuple[float, int, bool]]) -> None:
    scores, places = placed(drawn)
    for model in (MODEL, SHIPPED):
        weight = model["weights"].get
        expected = [model["own"] * score + model["bias"] + sum(weight(name, 0.0) for name in names(row))
                    for score, row in zip(scores, steps(scores, places), strict=True)]
        assert Company(model).scores(scores, places) == pytest.approx(expected)


@given(SCORES)
def test_a_candidate_says_nothing_about_itself(drawn: list[tuple[float, int, bool]]) -> None:
    scores, places = placed(drawn)
    _, _, *means = steps(scores, places)[0]
    changed = steps([scores[0] + 5, *scores[1:]], places)[0]
    assert changed[2:] == means


def test_alone_there_is_no_company() -> None:
    assert steps([0.3], [Surroundings(0, 0, 0, True)]) == [[6, 1, 8, 8, 8]]
    assert Company(MODEL).scores([], []) == []


def test_the_same_verb_is_likelier_an_action_among_actions() -> None:
    company = Company(read_model("actions")["company"])
    places = [Surroundings(clause, 0, 0, False) for clause in range(5)]
    among_actions, among_aims = (company.scores([0.0, *[others] * 4], places)[0] for others in (4.0, -4.0))
    assert among_actions > among_aims + 0.5
