"""The language of queries."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from miner.search.language import Expression, marks, parse
from miner.store.folding import fold


def shown(expression: Expression) -> list[list[str]]:
    return [["-" + word if group.negated else word for word in group.words] for group in expression.groups]


@pytest.mark.parametrize(("text", "groups"), [
    ("", []),
    (" 　\n", []),
    ("检查", [["检查"]]),
    ("药店 检查", [["药店"], ["检查"]]),
    ("药店　检查", [["药店"], ["检查"]]),
    ("药店 AND 检查", [["药店"], ["检查"]]),
    ("药店 检查 OR 巡查 学校", [["药店"], ["检查", "巡查"], ["学校"]]),
    ("检查 OR 巡查 OR 督查", [["检查", "巡查", "督查"]]),
    ("检查 NOT 药店", [["检查"], ["-药店"]]),
    ("检查 AND NOT 药店", [["检查"], ["-药店"]]),
    ("检查 NOT 药店 OR 学校", [["检查"], ["-药店", "-学校"]]),
    ("检查 OR NOT 药店", [["检查", "not"], ["药店"]]),
    ("NOT 药店", [["-药店"]]),
    ('"药店 OR 学校" 检查', [["药店 or 学校"], ["检查"]]),
    ('"AND"', [["and"]]),
    ("檢查 ＡＢ", [["检查"], ["ab"]]),
    ("and or not", [["and"], ["or"], ["not"]]),
    # operators with nothing to bind are words
    ("AND", [["and"]]),
    ("OR", [["or"]]),
    ("NOT", [["not"]]),
    ("OR 检查", [["or"], ["检查"]]),
    ("检查 OR", [["检查"], ["or"]]),
    ("检查 NOT", [["检查"], ["not"]]),
    ("检查 OR OR 巡查", [["检查"], ["or", "巡查"]]),
    ("NOT NOT 检查", [["not"], ["-检查"]]),
    # other signs are text
    ('"', [['"']]),
    ('""', [['""']]),
    ('"检查 药店', [['"检查'], ["药店"]]),
    ("(检查 OR 巡查)*", [["(检查", "巡查)*"]]),
    ("a:b^2 -c {d} NEAR(x,3)", [["a:b^2"], ["-c"], ["{d}"], ["near(x,3)"]]),
])
def test_what_is_asked(text: str, groups: list[list[str]]) -> None:
    assert shown(parse(text)) == groups


@given(st.text())
def test_any_text_is_a_query(text: str) -> None:
    query, _ = parse(text).index_query()
    assert query
    assert all(word for group in parse(text).groups for word in group.words)


@given(st.text(max_size=60))
def test_folding_keeps_positions_and_is_stable(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(("written", "folded"), [
    ("檢查藥店", "检查药店"), ("Ｎ９５", "n95"), ("N95", "n95"), ("１２家，", "12家,"), ("後勤", "后勤"), ("a\u3000b\nc\td", "a b c d"),
    ("＜＞＆", "<>&"), ("Ⅲ", "ⅲ"),
    ("「四個」", "“四个”"), ("\ud800", "\ufffd"), ("\U00100041", "\ufffd"), ("İß", "İß"),
])
def test_folding(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_marks_join_where_they_touch() -> None:
    assert marks("检查检查药店", ("检查", "查药")) == ((0, 5),)
    assert marks("aaaa", ("aa",)) == ((0, 4),)
    assert marks("检查了药店", ("检查", "药店")) == ((0, 2), (3, 5))


def test_an_expression_can_hold_without_any_word() -> None:
    assert parse("NOT 药店").holds("检查") and not parse("NOT 药店").holds("检查药店")
