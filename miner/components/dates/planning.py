"""Whether a clause speaks of the future.

In: the text and where a date stands in it. Out: ``""`` | ``weak`` (将, 要, 前) | ``strong`` (下一步, 预计).
"""

from __future__ import annotations

import re

from miner.components.dates.expressions import Expression

_STRONG = re.compile(
    r"下一步|下步|接下来|(?<!原)(?<!原定)计划(?!的|》|[》的]|内|外)|预计|力争|拟|打算|将于|将在|定于|有望|届时|争取"
    r"|将从|将自|下阶段|最[晚迟]|不[晚迟]于"
)
_WEAK = re.compile(
    r"(?<!现)(?<!即)将(?!疫情|其|军|近)|(?<![主重首摘纪概])要(?!求|点|闻|素|道|件|塞)|必须|务必|须|确保|准备|安排"
    r"|(?<![响供反效适相感回照顺])应(?!急|用|对|诊|届|邀|答|收|付|纳|聘|战|援|声|变|有尽|检尽|接尽|查尽)"
)
_PAST = re.compile(r"已(?!婚)|[^为]了(?!解)|曾|以来|启动|期间")
_DUE = re.compile(r"完成|达到|实现|建成|报送|办结")
#: Every word of `_STRONG` and `_WEAK` holds one of these: a character that is a word, or the first of one and the second behind it.
_HINT = re.compile("[拟将要须应下接计预力打定有届争最不必务确准安](?:(?<=[拟将要须应])|(?=[一步阶下划计争算于望时取晚迟须必保备排]))")
_END = re.compile(r"[。;!?\n]")
#: How far the clause is read to either side, in characters.
_REACH = 30


def planned(text: str, expression: Expression, first: int, last: int, section_plans: bool = False) -> str:
    """How surely the clause around a date speaks of the future.

    Parameters
    ----------
    text
        The clean text.
    expression
        The date.
    first, last
        Where its block begins and ends.
    section_plans
        A heading above announces plans.
    """
    begin, stop = max(first, expression.start - _REACH), min(last, expression.end + _REACH)
    if not section_plans and expression.bound != "before" and not _HINT.search(text, begin, stop):
        return ""
    before = _END.split(text[begin : expression.start])[-1]
    after = _END.split(text[expression.end : stop])[0]
    around = before + "|" + after
    if not _PAST.search(after[:14]):
        if section_plans or _STRONG.search(before):
            return "strong"
        if _STRONG.search(after[:14]):
            return "weak"
    if expression.bound == "before" and not _PAST.search(after):
        return "strong" if _WEAK.search(around) or _STRONG.search(around) or _DUE.search(after[:10]) else "weak"
    return "weak" if _WEAK.search(around) and not _PAST.search(around) else ""
