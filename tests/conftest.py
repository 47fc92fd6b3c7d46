"""What the tests share."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
REPORT = "临江市市场监管局药品检查简报\n\n2021年8月6日,临江市市场监管局出动执法人员36人次,检查药店12家,发现问题3个。\n\n下一步,市市场监管局将继续开展检查。\n"


@pytest.fixture
def report_text() -> str:
    return REPORT


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A folder with reports in two encodings and formats, one unreadable, in sub-folders."""
    folder = tmp_path / "archive"
    (folder / "二季度").mkdir(parents=True)
    (folder / "a.txt").write_text(REPORT, "utf-8")
    (folder / "b.txt").write_bytes(REPORT.replace("12家", "15家").encode("gb18030"))
    body = "".join(f"<p>{line}</p>" for line in REPORT.replace("12家", "18家").split("\n\n")[1:])
    page = f"<html><head><meta charset='utf-8'><title>药品检查</title></head><body><h1>药品检查简报</h1>{body}</body></html>"
    (folder / "二季度" / "c.html").write_text(page, "utf-8")
    (folder / "empty.txt").write_bytes(b"")
    return folder


def corpus(split: str) -> list[Path]:
    """The annotated reports of a split."""
    return sorted((ROOT / "corpora" / split).glob("*.ann"))


YARDSTICK = ROOT.parent / "shared" / "yardstick"
needs_yardstick = pytest.mark.skipif(not YARDSTICK.is_dir(), reason="the three real reports are not beside this checkout")
