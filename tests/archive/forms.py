"""Own reports in several layouts, and the same text written in other formats.

A report is a list of lines; a tuple of cells is a row of a table; ``#`` marks the title of the page, ``##`` a heading between paragraphs.
"""

from __future__ import annotations

import html
import io
import zipfile
from collections.abc import Callable, Iterable
from itertools import groupby

Line = str | tuple[str, ...]

REPORTS: dict[str, list[Line]] = {
    "news": [
        "#南屏区开展校园食品安全检查",
        "来源：南屏区市场监管局　　作者：何清　　发布时间：2021-09-03 10:20",
        "　　９月１日至２日，南屏区市场监管局联合区教育局，对全区学校食堂开展食品安全检查。",
        "　　检查组出动执法人员48人次，检查学校食堂36家，抽检餐具60份，发现问题17个，当场整改12个，其余5个限期整改。",
        "　　“食堂安全一刻也不能松。”检查组组长冯晓说。区市场监管局对2家台账不全的食堂下达责令改正通知书。",
        "　　下一步，南屏区市场监管局将在9月底前完成校外供餐单位的检查。",
    ],
    "notice": [
        "云岭市交通运输局文件",
        "云交发〔2022〕18号",
        "#云岭市交通运输局关于春运保障工作情况的通报",
        "各县区交通运输局：",
        "　　2022年春运已经结束。现将有关情况通报如下：",
        "　　一、基本情况",
        "　　1月17日至2月25日，全市投入营运客车1260辆，发送旅客86.4万人次，同比增长12.5%。",
        "　　二、主要做法",
        "　　（一）强化检查。市交通运输局派出督查组8个，检查客运站23个，发现隐患41处，全部整改到位。",
        "　　（二）优化服务。全市客运站设置志愿服务点35个，发放口罩1.2万只。",
        "　　三、存在问题",
        "　　个别客运站安检不严，市交通运输局已约谈企业负责人3名。",
        "云岭市交通运输局",
        "2022年3月4日",
    ],
    "newspaper": [
        "第3版 2020年4月18日 责编 罗晴",
        "#石桥镇为茶农送上“及时雨”",
        "本报讯（记者 高原 通讯员 孟小雨）4月15日，石桥镇政府组织农技人员22名，深入8个茶村指导春茶采摘，发放技术手册1500册。",
        "镇财政所拨付补贴资金37.5万元，惠及茶农412户。",
        "##白马医院义诊进山村",
        "本报讯（通讯员 郑秋）4月16日，白马医院派出医生12名，到黄泥村开展义诊，接诊村民180余人次，免费发放药品46盒。",
        "##更夫巷改造完工",
        "本报讯 截至4月17日，石桥镇更夫巷完成改造房屋64间，铺设管网3.2公里，总投资480万元。",
    ],
    "bulletin": [
        "#平阳县疫情防控工作简报",
        "（第25期）",
        "2020年2月21日",
        "##县卫健局",
        "　　2月20日，排查返乡人员1340名，居家观察76名，采集核酸样本210份，结果均为阴性。",
        "##县公安局",
        "　　设置卡口18个，出动民警240人次，检查车辆3620台次，劝返人员95人。",
        "##青山镇",
        "　　组织党员干部180名，在15个村开展24小时值守；为独居老人送菜320公斤。",
        "　　全镇消毒公共场所47处，使用消毒液约600公斤。",
    ],
    "table": [
        "#云岭市应急管理局三季度检查情况",
        "2021年10月12日",
        "　　三季度，云岭市应急管理局检查企业385家，发现隐患620处，罚款52.3万元。各县区情况见下表：",
        ("单位", "检查企业（家）", "隐患（处）"),
        ("东湖区应急管理局", "142", "233"),
        ("西岭县应急管理局", "118", "190"),
        ("合计", "260", "423"),
        "　　下一步，市应急管理局要督促企业按期整改。",
    ],
    "blog": [
        "#我们社区的“红马甲”",
        "3月5日，春和社区居委会组织志愿者35名，清理楼道杂物2.5吨，擦洗健身器材40件！",
        "“看着就舒坦。”82岁的李奶奶说……",
        "当天下午，社区卫生服务中心为居民测血压66人次，理发师为老人免费理发21人。",
        "（文/图 宋妍）",
    ],
}


def as_text(lines: list[Line]) -> str:
    """Plain text: a line each, cells separated by tabs."""
    return "\n".join("\t".join(line) if isinstance(line, tuple) else line.lstrip("#") for line in lines) + "\n"


def as_page(lines: list[Line]) -> bytes:
    """A whole HTML page with furniture around."""
    title = next((line for line in lines if isinstance(line, str) and line.startswith("#")), "").lstrip("#")
    body = []
    for is_row, group in _runs(lines):
        if is_row:
            rows = ("".join(f"<td>{html.escape(cell)}</td>" for cell in row) for row in group)
            body.append("<table>" + "".join(f"<tr>{row}</tr>\n" for row in rows) + "</table>")
        else:
            body += [_element(line) for line in group if isinstance(line, str)]
    return (
        f"<!DOCTYPE html>\n<html><head><meta charset='utf-8'><title>{html.escape(title)}</title></head>\n<body><div class='nav'><a href='/'>首页</a> "
        f"<a href='/n'>新闻</a></div><div class='content'>{chr(10).join(body)}</div><div class='footer'>版权所有 ICP备12345678号</div></body></html>"
    ).encode()


def _element(line: str) -> str:
    level = len(line) - len(line.lstrip("#"))
    tag = f"h{level}" if level else "p"
    return f"<{tag}>{html.escape(line.lstrip('#'))}</{tag}>"


def _runs(lines: list[Line]) -> Iterable[tuple[bool, Iterable[Line]]]:
    return groupby(lines, key=lambda line: isinstance(line, tuple))


def as_broken_page(lines: list[Line]) -> bytes:
    """A page of an old editor: one container, lines ended by ``<br>``, blanks as entities, headings bold, declared as gb2312."""
    body = []
    for line in lines:
        if isinstance(line, tuple):
            body.append("\t".join(line) + "<br>")
            continue
        words = html.escape(line.lstrip("#")).replace("　", "&nbsp;&nbsp;")
        body.append(f"<strong>{words}</strong><br/>" if line.startswith("#") else f"<font size='3'>{words}</font><br />")
    page = f"<HTML><HEAD><META http-equiv='Content-Type' content='text/html; charset=gb2312'></HEAD><BODY><DIV>{chr(10).join(body)}</DIV></BODY></HTML>"
    return page.encode("gb18030")


def as_word(lines: list[Line]) -> bytes:
    """A Word file."""
    import docx

    document = docx.Document()
    for is_row, group in _runs(lines):
        rows = list(group)
        if is_row:
            table = document.add_table(len(rows), len(rows[0]))
            for row, cells in zip(table.rows, rows, strict=True):
                for cell, words in zip(row.cells, cells, strict=True):
                    cell.text = words
            continue
        for line in rows:
            assert isinstance(line, str)
            document.add_paragraph(line.lstrip("#"))
    box = io.BytesIO()
    document.save(box)
    return box.getvalue()


def in_zip(lines: list[Line]) -> bytes:
    """A zip with the text under a name in GBK."""
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("in/a.txt", as_text(lines).encode("gb18030"))
    return box.getvalue()


FORMS: dict[str, tuple[str, Callable[[list[Line]], bytes]]] = {
    "utf-8": ("a.txt", lambda lines: as_text(lines).encode()),
    "gb18030": ("b.txt", lambda lines: as_text(lines).replace("\n", "\r\n").encode("gb18030")),
    "zip": ("c.zip", in_zip),
    "html": ("d.html", as_page),
    "docx": ("e.docx", as_word),
    "html with line breaks": ("f.html", as_broken_page),
    "utf-16": ("g.txt", lambda lines: as_text(lines).encode("utf-16")),
}
