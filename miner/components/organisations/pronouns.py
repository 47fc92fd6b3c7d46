"""Mentions that point at a body instead of naming it: 我局, 该公司, 全院, 局里, 校方.

In: clean text. Out: candidates of the kind ``pronoun``, for the classifier to decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from miner.components.organisations.candidates import Candidate
from miner.components.organisations.lexicon import Head

_TYPES = {
    "government": "局 厅 委 办 科 所 站 镇 乡 县 区 市 省 旗 州 分局 支局 总局 海关 法院 检察院 管委会 大队 支队 中队 总队 队 中心 单位 办事处 股",
    "company": "公司 集团 企业 厂 林场 农场 场 矿 行 社 店 项目部 支行 分行 分公司 合作社 电厂 车间 段",
    "health": "院 医院 卫生院 诊所 疾控中心",
    "education": "校 学校 学院 大学 园 幼儿园 中学 小学 学部",
    "social": "会 协会 商会 基金会 学会",
    "community": "村 社区 街道 居委会 村委会 街 小区",
    "facility": "馆 超市 市场 酒店 养老院 景区 基地",
    "taskforce": "组 专班 指挥部 工作队 小组 突击队",
    "party": "党委 支部 党支部",
}
_HEADS = {word: Head(word, kind, "pronoun") for kind, words in _TYPES.items() for word in words.split()}
_ALL = "|".join(sorted(_HEADS, key=lambda w: (-len(w), w)))
_POINTING = re.compile(rf"[我该本全贵此](?:(?<=我)们(?![会站行队所园]))?(?:{_ALL})")  # a class leads, for speed
_INSIDE = re.compile(r"[局院校厂村镇区县市乡队会所站馆厅矿司组科](?:里|方)")


def find_pronouns(text: str) -> Iterator[Candidate]:
    """Every place where a determiner and a body's head stand together, or a head with 里 or 方, in order."""
    for match in _POINTING.finditer(text):
        determiner = 2 if text[match.start() + 1] == "们" else 1
        head = _HEADS[text[match.start() + determiner : match.end()]]
        yield Candidate(match.start() + determiner, match.end(), head, [match.start()], "R", "|")
    for match in _INSIDE.finditer(text):
        inside = _HEADS.get(match.group()[0])
        if inside:
            yield Candidate(match.start(), match.end(), inside, [], "", "|")
