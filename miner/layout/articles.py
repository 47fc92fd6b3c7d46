"""Blocks → articles: where each begins, its title and author.

In: the blocks with their kinds. Out: the article of each block, and the blocks that are titles.
"""

from __future__ import annotations

import re

from miner.layout.bylines import DAY, is_names, join_padded, label_pattern
from miner.layout.headings import style_of
from miner.layout.kinds import is_open
from miner.layout.lines import Line
from miner.layout.model import Article, Block
from miner.layout.wording import openers, words

_BODY = ("paragraph", "list_item", "table_row")
_LEAST_BODY = 12  # shorter lines (各位同志:) are no body yet
_LEAD_AUTHORS = re.compile(r"^[^。]{0,30}?[(](?P<who>[^()]{2,60})[)]")
_ROLE = re.compile(
    r"(?:本报|本网|本台|特约|见习|实习|首席|融媒体?|全媒体)*(?:记者|通讯员|实习生|撰稿人?|作者|文/图|图/文|图文|供稿)[:：]?"
    r"|(?:图文|文/图|文并摄|文|图|摄|摄影报道|报道)$"
)
_SIGNED_END = re.compile(r"[。!?”]\s*\((?P<who>[^()]{2,40})\)$")
_REPORTED = re.compile("供稿|报道|来源|记者|通讯员|作者|撰稿|供图|投稿")
_OFFICE = re.compile(r"[\u4e00-\u9fff“”·、()]{3,40}(?:[局委府办会队室组部院厅处镇乡站班校所]|公司|中心|街道|政法委|指挥部)(?:文件)?")
_ORIGIN = re.compile(r"[^,。;|]{1,40}?(?=(?:19|20)\d\d[-./年]|$|[,。;|)】])")
_DAY = re.compile(DAY)
_CALLED_UP = re.compile(r"(?:今天|现在|当前|抓取|采集|访问)[^。]{0,6}$")
_CRAFTS = frozenset({"图", "文", "摄"})  # of 文/图, cut apart like names
_BETWEEN_NAMES = re.compile(r"[\s/、,，;；]+")


class Articles:
    """Finds the articles among the blocks of a page.

    Parameters
    ----------
    blocks
        The blocks, kinds set; `article` is set here.
    text
        The clean text.
    lines
        Of every block its lines.
    marked
        Level of the tag of headings that markup made.
    """

    def __init__(self, blocks: list[Block], text: str, lines: list[list[Line]], marked: dict[int, int]) -> None:
        self.blocks, self.text, self.lines, self.marked = blocks, text, lines, marked
        self.titles: set[int] = set()

    def _words(self, index: int) -> str:
        return self.text[self.blocks[index].start : self.blocks[index].end]

    def starts(self) -> list[int]:
        """Indices of the blocks that begin an article; the first is 0."""
        starts = [0]
        body = closed = False
        newspaper = any(self._is_lead(index) for index in range(len(self.blocks)))
        top_headings = sum(level == 1 for level in self.marked.values())
        for index, block in enumerate(self.blocks):
            begin = -1
            if block.kind in _BODY:
                if body and self._is_lead(index):
                    begin = self._heading_before(index, over_open=True)
                elif body and closed and index and self.blocks[index - 1].kind in ("heading", "byline", "caption"):
                    begin = self._heading_before(index)
                    begin = -1 if begin == index or not self._may_begin(begin) else begin
                body = body or block.end - block.start >= _LEAST_BODY
                closed = (closed and begin < 0 and block.kind != "paragraph") or self._signed(index) is not None
            elif block.kind == "byline":
                if body and self._is_header(index):
                    begin = self._heading_before(index)
                    begin = -1 if begin == index or not self._may_begin(begin) else begin
                elif body and self._closes(index):
                    closed = True
            elif block.kind == "heading" and body and (self._opens_column(index, newspaper) or (top_headings > 1 and self.marked.get(index) == 1)):
                begin = index
            if begin > starts[-1]:
                starts.append(begin)
                body = block.kind == "paragraph"
                closed = body and self._signed(index) is not None
        return starts

    def _is_lead(self, index: int) -> bool:
        return self.blocks[index].kind == "paragraph" and self.lines[index][0].lead

    def _signed(self, index: int) -> re.Match[str] | None:
        """The names at the end of a paragraph that close an article: …。(张明 李强)."""
        if self.text[self.blocks[index].end - 1] != ")":
            return None
        match = _SIGNED_END.search(self.lines[index][-1].raw[-60:])
        return match if match and (is_names(match["who"]) or _REPORTED.search(match["who"])) else None

    def _opens_column(self, index: int, newspaper: bool) -> bool:
        return newspaper and self._words(index).strip("【】[]◆■●") in words("furniture", "columns")

    def _may_begin(self, index: int) -> bool:
        return style_of(self._words(index)) == "bare"

    def _is_header(self, index: int) -> bool:
        """Whether a by-line opens an article: source, time or author directly under a heading."""
        if index == 0 or self.blocks[index - 1].kind not in ("heading", "byline"):
            return False
        text = self._words(index)
        match = label_pattern().match(text)
        if match:
            return bool(match["origin"] or match["time"] or match["author"])
        return text.startswith(("本报", "(本报", "记者", "通讯员"))

    def _closes(self, index: int) -> bool:
        """Whether a by-line ends an article: names, or who wrote or sent it."""
        text = self._words(index)
        match = label_pattern().match(text.lstrip("(【["))
        return text.startswith("(") or is_names(self.lines[index][0].raw) or bool(match and (match["origin"] or match["author"] or match["staff"]))

    def _heading_before(self, index: int, over_open: bool = False) -> int:
        """Index of the first block of the run of headings above `index`; `index` itself if there is none."""
        position = index
        while position and self._stands_under_title(position - 1):
            position -= 1
        if over_open:
            before = position
            while before and index - before < 4 and self.blocks[before - 1].kind == "paragraph" and (self.text[self.blocks[before - 1].end - 1] in ",、"):
                before -= 1
            if before and before != position and self.blocks[before - 1].kind == "heading":
                position = before
        if not position or self.blocks[position - 1].kind != "heading":
            return index
        while position and self.blocks[position - 1].kind == "heading" and style_of(self._words(position - 1)) in ("bare", "dash", "bracket"):
            position -= 1
        return position

    def _stands_under_title(self, index: int) -> bool:
        kind = self.blocks[index].kind
        return kind in ("caption", "furniture") or (kind == "byline" and not self._closes(index))

    def find(self) -> list[Article]:
        """Set the article of every block and give the articles, titles and authors found."""
        starts = self.starts()
        articles = []
        for number, start in enumerate(starts):
            end = starts[number + 1] if number + 1 < len(starts) else len(self.blocks)
            for block in self.blocks[start:end]:
                block.article = number
            article = Article(self.blocks[start].start, self.blocks[end - 1].end)
            self._set_title(article, start, end)
            self._set_author(article, start, end)
            self._set_date(article, start, end)
            articles.append(article)
        articles[0].start = 0
        articles[-1].end = len(self.text)
        return articles

    def _set_title(self, article: Article, start: int, end: int) -> None:
        """The title is the first heading that is no masthead; of a kicker and a title before a newspaper's lead it is the second."""
        group: list[int] = []
        for index in range(start, end):
            if self._may_be_title(index) and (not group or index == group[-1] + 1):
                group.append(index)
            elif group or self.blocks[index].kind in _BODY:
                break
        if not group:
            return
        later = any(self._may_be_title(i) and i not in self.marked for i in range(group[-1] + 1, end))
        mains = [i for i in group if not self._words(i).startswith("—")] or group
        dash = next((i for i in group if self._words(i).startswith("—")), -1)
        mains = [i for i in mains if i < dash] or mains  # what stands below a subtitle is no title
        title = mains[-1] if len(mains) > 1 and self._has_kicker(mains[0], group[-1], end, later) else mains[0]
        if later and dash < 0 and title == mains[0]:
            group = [title]
        about = title  # an office, below it 关于…的通知
        if title + 1 in group and self._words(title + 1).startswith("关于") and _OFFICE.fullmatch(self._words(title)):
            about = title + 1
        elif title - 1 in group and self._words(title).startswith("关于") and _OFFICE.fullmatch(self._words(title - 1)):
            title, about = title - 1, title
        self.titles.update(i for i in group if i <= about or self._words(i).startswith("—"))
        article.title_at = (self.blocks[title].start, self.blocks[about].end)

    def _may_be_title(self, index: int) -> bool:
        return self.blocks[index].kind == "heading" and (index in self.marked or style_of(self._words(index)) in ("bare", "dash", "bracket"))

    def _has_kicker(self, first: int, last: int, end: int, later: bool) -> bool:
        """Whether of several lines above an article the first is a kicker, so that the last is the title; otherwise the last heads a section."""
        words = self._words(first)
        if self.marked.get(first) == 1 and self.marked.get(last) != 1:
            return False
        following = next((i for i in range(last + 1, end) if self.blocks[i].kind not in ("byline", "furniture", "caption")), None)
        lead = following is not None and self._is_lead(following)
        signed = last + 1 < end and self.blocks[last + 1].kind == "byline"
        if later and following is not None and not lead and not words.endswith("…"):
            return False
        return lead or signed or words.endswith(("…", ":", "!", "?"))

    def _set_author(self, article: Article, start: int, end: int) -> None:
        for index in range(start, end):
            block = self.blocks[index]
            text = self._words(index)
            if block.kind == "byline":
                found = self._byline_author(index, text)
            elif self._is_lead(index) and (match := _LEAD_AUTHORS.match(text[:120])) is not None:
                found = match.span("who")
            elif block.kind == "paragraph" and (signed := self._signed(index)) is not None and is_names(signed["who"]):
                length = len("".join(signed["who"].split()))
                found = (len(text) - 1 - length, len(text) - 1)
            else:
                continue
            if found:
                article.author_at = (block.start + found[0], block.start + found[1])
                return

    def _set_date(self, article: Article, start: int, end: int) -> None:
        """The first day in the by-lines; one labelled as the day of publication goes before others."""
        days = []
        for index in range(start, end):
            block = self.blocks[index]
            if block.kind != "byline":
                continue
            for match in _DAY.finditer(self.text, block.start, block.end):
                before = self.text[block.start : match.start()]
                if not _CALLED_UP.search(before):
                    label = max(label_pattern().finditer(before), key=lambda found: found.start(), default=None)
                    days.append((label is None or not label["time"], match.span()))
        if days:
            article.date_at = min(days)[1]

    def _byline_author(self, index: int, text: str) -> tuple[int, int] | None:
        for match in label_pattern().finditer(text):
            if match["author"]:
                rest = label_pattern().search(text, match.end())
                stop = rest.start() if rest else len(text)
                value = re.match(r"[^\d,。;|)】]{1,40}", text[match.end() : stop])
                if value:
                    return match.end(), match.end() + _without_furniture(value.group())
        if is_names(self.lines[index][0].raw):
            inner = text.strip("()")
            return text.index(inner), text.index(inner) + len(inner)
        signed = re.match(r"[(]?(?:本报|本网|本台)*(?:记者|通讯员)(?P<who>[^)]{2,40})", text)
        return signed.span("who") if signed and not label_pattern().match(text) else None


def find_origin(blocks: list[Block], text: str) -> tuple[int, int] | None:
    """Clean span of the source that the by-lines name: the value of 来源, else of another label (发布机构, 供稿 …)."""
    found = []
    for block in blocks:
        if block.kind != "byline":
            continue
        line = text[block.start : block.end]
        for match in label_pattern().finditer(line):
            if match["origin"]:
                rest = label_pattern().search(line, match.end())
                value = _ORIGIN.match(line[match.end() : rest.start() if rest else len(line)])
                length = _without_furniture(value.group()) if value else 0
                if length:
                    found.append(("来源" not in match["origin"], block.start + match.end(), length))
    if not found:
        return None
    _, start, length = min(found)
    return start, start + length


def _without_furniture(value: str) -> int:
    """How many characters of a by-line's value stand before words of page furniture (点赞 46)."""
    return next((i for i in range(2, len(value)) if openers("furniture").match(value[i:])), len(value.rstrip("(【[|:")))


def is_masthead(text: str) -> bool:
    """Whether a heading is the head of a document's paper (…办公室文件), not its title."""
    return text.endswith(words("furniture", "mastheads")) and len(text) <= 30 and "关于" not in text and is_open(text)


def names_of(written: str) -> str:
    """The names of a by-line, roles taken out (记者封翔 通讯员高飞 → 封翔、高飞)."""
    parts = [part for piece in _ROLE.split(join_padded(written)) for part in _BETWEEN_NAMES.split(piece) if part]
    names = [part for part in parts if not part.startswith(words("furniture", "starts")) and not part.isdecimal() and part not in _CRAFTS]
    return "、".join(names) or written
