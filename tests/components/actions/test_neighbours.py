"""The modality of an action among its neighbours."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from miner.components.actions.modality import MODALITIES
from miner.components.actions.neighbours import NAMES, Neighbours, Place, features, odds

DONE, ONGOING, _, REQUIRED, _ = ([0.96 if at == place else 0.01 for at in range(5)] for place in range(5))
DOUBTFUL = [0.45, 0.4, 0.05, 0.05, 0.05]


def test_what_stands_around_an_action_is_described_by_the_mean_odds_of_sentence_and_paragraph():
    places = [Place(0, 0), Place(0, 0), Place(1, 0), Place(2, 90)]
    values = [dict(zip(NAMES, row, strict=True)) for row in features(np.array([DONE, DOUBTFUL, ONGOING, REQUIRED]), places, [True] * 4)]
    around = [values[1][name] for name in ("sentence=done", "paragraph=ongoing", "previous=done", "next=ongoing")]
    assert around == pytest.approx([0.96] * 4)
    alone = values[3]  # nobody stands beside it: its own odds stand for its neighbours'
    assert [alone[f"{group}=required"] for group in ("sentence", "paragraph", "previous", "next")] == pytest.approx([0.96] * 4)


def test_a_verb_that_may_be_no_action_tells_nothing_of_the_others():
    places = [Place(0, 0), Place(0, 0)]
    values = [dict(zip(NAMES, row, strict=True)) for row in features(np.array([DONE, ONGOING]), places, [True, False])]
    assert (values[0]["sentence=done"], values[0]["next=done"]) == (0.96, 0.96)
    assert (values[1]["sentence=done"], values[1]["previous=done"]) == (0.96, 0.96)


def test_practice_around_a_doubtful_action_makes_it_practice():
    weights = {name: {"bias": 0.0, "weights": {f"own={name}": 1.0, f"paragraph={name}": 2.0}} for name in MODALITIES}
    places = [Place(0, 0), Place(1, 0), Place(2, 0)]
    assert Neighbours(weights).decide(np.array([ONGOING, DOUBTFUL, ONGOING]), places, [True] * 3) == ["ongoing"] * 3
    assert Neighbours(weights).decide(np.array([DOUBTFUL]), places[:1], [True]) == ["done"]


@given(st.lists(st.tuples(st.lists(st.floats(-20, 20), min_size=5, max_size=5), st.integers(0, 5), st.booleans()), min_size=1))
def test_odds_are_shares_of_one_and_features_stay_finite(told):
    own = odds(np.array([scores for scores, *_ in told]).reshape(-1, 5))
    places = [Place(sentence, sentence // 2) for sentence in sorted(sentence for _, sentence, _ in told)]
    rows = features(own, places, [counts for *_, counts in told])
    assert all(abs(sum(shares) - 1) < 1e-9 for shares in own)
    assert len(rows) == len(told)
    assert all(len(row) == len(NAMES) and all(-10 < value <= 1 + 1e-9 for value in row) for row in rows)
