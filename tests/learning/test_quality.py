"""The docs' page of figures."""

from __future__ import annotations

from pathlib import Path

from miner.learning.annotation import parse_annotated
from miner.learning.evaluation import Example, evaluate
from miner.learning.gold import to_gold
from miner.learning.quality import MEANINGS, page

CONTENT = """---
published: 2021-08-07
jurisdiction: 临江市
domain: fire
layout: news
---
{临江市消防救援大队}{检查}商场{12家}。
| 临江市消防救援大队 | org | 临江市消防救援大队 | government
| 检查 | act | inspect | done | 临江市消防救援大队 | -
| 12家 | qty | 12 | 家 | 商场 | exact | one | @检查
"""


def test_every_figure_has_its_line_and_every_facet_its_table():
    report = parse_annotated(CONTENT)
    evaluation = evaluate([Example("甲", Path("甲.ann"), report.text, to_gold(report))])
    shown = page({"unseen": evaluation, "seen": evaluation})
    assert "| reports | 1 | 1 |" in shown
    assert "| `qty.value_unit` | 1.000 | 1.000 | F1: quantities found with the right value and unit |" in shown
    assert set(evaluation.figures()) <= set(MEANINGS)
    assert "| `date.span` | – | – |" in shown
    assert "## By action: unseen" in shown
    assert "\n| inspect | 1.000 (1) |" in shown
