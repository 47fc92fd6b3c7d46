"""A small archive whose counts can be worked out by hand, its store, and a server over it."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("fastapi")

REPORTS = {
    "2021/七月.txt": "临江市市场监管局药品检查简报\n\n2021年7月6日,临江市市场监管局出动执法人员36人次,检查药店12家,登记隐患3个。\n\n"
                     "下一步,临江市市场监管局将检查网吧40家。\n",
    "2021/八月.txt": "临江市市场监管局八月工作简报\n\n2021年8月9日,临江市市场监管局检查药店15家,检查超市9家。\n\n"
                     "2021年8月10日,临江市应急管理局培训企业员工220人次。\n",
    "2021/八月转载.txt": "转载:市场监管动态\n\n2021年8月12日 来源:临江日报\n\n2021年8月9日,临江市市场监管局检查药店15家,检查超市9家。\n",
    "恶意.txt": "<p>2021年9月1日,云山县卫生健康局检查诊所7家。</p>\n<p>&lt;script&gt;alert('甲')&lt;/script&gt;</p>\n"
               "<p>云山县卫生健康局发放口罩500只&lt;img src=\"http://evil.example/x.png\" onerror=\"alert(1)\"&gt;。</p>\n",
}


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a run over the small archive."""
    from miner.archive.run import Settings, run

    folder = tmp_path_factory.mktemp("web")
    for name, text in REPORTS.items():
        file = folder / "archive" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    run(folder / "archive", folder / "out", Settings())
    return folder / "out"


@pytest.fixture(scope="session")
def address(store: Path) -> Iterator[str]:
    """The address of ``miner serve`` over the store."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen([sys.executable, "-m", "miner", "serve", str(store), "--port", str(port), "--workers", "1"], stderr=subprocess.PIPE)
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            try:
                urllib.request.urlopen(f"{address}/api/v1/status", timeout=5).read()
                break
            except OSError:
                assert process.poll() is None, process.stderr and process.stderr.read().decode()
                time.sleep(0.1)
        else:
            pytest.fail("the server did not start")
        yield address
    finally:
        process.terminate()
        process.wait(20)
