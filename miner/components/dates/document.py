"""Makes the documentation page of the supported expressions from the tests' data.

In: the path of a table of phenomenon, sentence, dates. Out: Markdown on standard output. Run:
``python -m miner.components.dates.document tests/components/dates/phenomena.tsv > docs/dates.md``.
"""

from __future__ import annotations

import sys
from itertools import groupby
from pathlib import Path

_HEAD = """# Dates

Every expression below is a test: the component reads it so when the text is anchored on 2021-08-27, a Friday
(`miner.find_dates(text, anchor="2021-08-27")`).
An open end is left empty. In a report, 起, 以来 and 以后 end with the report's own date where it is known; a bare text has none, so
there only 以来 is closed.

How the report's own date and year are found, and which date governs a sentence, is told after the table.
"""

_FOOT = """
## The report's own date and year
The page states its date in a byline (发布时间, 来源 …), a masthead, a dateline, a signature at the end, or the name of a picture
(`t20200218_1.jpg`, a time
stamp). Each statement is a candidate with a weight. The calendar solver adds up, for every year, the evidence of the candidates,
of week days, lunar dates
and
movable festivals written beside a day, of 29 February, of document numbers (〔2020〕225号), of years named in the text, of counted occasions
(第二十三个国际禁毒日, 建党100周年), of named years (“十二五”开局之年, 乙未年) and of words that reports use only from a certain day on
(`data/topics.tsv`), of years compared with (较2013年同期) and of 去年(2013年). Words in page furniture count nothing. A newspaper's 昨
beside the day of its
lead (本报讯 12月19日 … 昨启动) dates it on the next day; a public notice (公示期自1月31日至 …) is of its first day. The best year is taken if
it holds at least 40 % of the
whole weight; `year_confidence` is that share, `year_reason` names the three
strongest pieces. Else year and year-less dates stay unknown, with the reason. A day on which the page was called up (今天是…, a
crawl date above work of
another year, a bare day above a title that has an earlier day below it) is only an upper bound, unless the days told end within three weeks before it.
Words for what happened on a known day (`data/happenings.tsv`: disasters, games, censuses) name its year where days told follow it within two
months; so do the age of a house (1985年建厂,今年30周年), years left (距2020年还有三年) and the year in the title of a paper worked by.
The days left until a movable festival (离中秋节只剩一天) and its nearness (中秋节前夕) narrow the year too. A year of which only plans are told
(2014年,我局将 …, 2015年工作计划) is not the year of the report.

## Year-less dates
A month and day without a year is the last one before the report's own date; the next one where the clause plans (下一步, 计划, 拟, 必须 … 前) or
where it lies at most 45 days ahead, unless the report of a year's last two months looks back on it (工作总结, 一年来, 今年以来);
the year told before, where the text is in another year. 13日 takes the month told last. 当日, 次日, 同日, 第二天
count from the day told last in the same article, 昨日, 今年, 上周 from the report's own date; 凌晨1点 after an evening is the next day's.
Where a report of the
first months looks back on the year before (2012年工作总结), 本年度, 全年, 年内, 上年, 一年来, 年末 count from that year; where a list of the first days of a
month is about the month before (10月份…清单), 本月 is that month. A week day, lunar date or festival beside a day
(2月8日,元宵节) is that day, and narrows its year.

## Bounds
…前 ends on the day before, of a part at its end (9月底前) on its last day; 截至X and 截至目前 begin nowhere; 截至 with an hour is that hour;
24时 is the day without an hour. 至X, 到X at the head of a clause before 累计, 已, or a comma bounds what is counted up.

## Frames
`governing_date(findings, position)` gives the date that says when: the one in the clause, else the last one before in the
sentence, else that of the last
dated
sentence before it in the same section and article, else the one period that the section's heading names
(一、11月收结案), or the day that leads it (5月22日 晴, 时间:6月24日). Dates in page furniture, names of events (“7·20”) and what is compared with
(比2019年) govern nothing, nor
do dates that only tell which thing is meant (7月22日那场演出, 今年的“暖冬行动”, 研究春节安保) and holidays that are given up (取消全体干部春节休假).
A date that only says again what the one right before it says gives that one's days: 截至2月24日(元宵节), 5月10日,国际护士节前夕. Days listed side by side
(2月13日、14日) govern together; 自2月25日启动以来 and 从3月1日开讲算起 govern from that day to the report's own date.
到18时 is a point of the day told, 截至18时 sums up all days before it. A deadline (8月底前) or a day ahead of the report in an earlier sentence
does not date what has happened.

## Not dates
Durations (两天, 17年过去), ages, identifiers (〔2020〕3号, 5号楼, N95, telephone numbers), ratios, habits (每周三上午), titles in 《》.
"""


def page(table: Path) -> str:
    """The page for a table of phenomena."""
    rows = [line.split("\t") for line in table.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    parts = [_HEAD]
    for phenomenon, group in groupby(rows, key=lambda row: row[0]):
        parts.append(f"\n## {phenomenon[0].upper()}{phenomenon[1:]}\n| text | dates |\n| --- | --- |\n")
        for _, sentence, dates in group:
            parts.append(f"| {sentence} | {'<br>'.join(dates.split('; ')) if dates else 'none'} |\n")
    parts.append(_FOOT)
    return "".join(parts)


if __name__ == "__main__":
    sys.stdout.write(page(Path(sys.argv[1])))
