"""The weights of links: sums kept by what each mention gives are those of the features that training sees."""

import gc

import pytest

import miner
from miner.components.events.component import EventsComponent
from miner.components.events.links import Linker
from miner.components.scene import scene_of

REPORTS = [
    "8月6日,临江市市场监管局共出动执法人员288人次,检查经营场所1202家次,发现问题21个,其中整改18个。",
    "全镇有5所学校,临江市教育局为学校安装空调120台。截至目前,已慰问困难群众36户,发放大米、食用油共72份;帮助就业12人。",
    "一、开展“清河”行动\n临江市水务局清理河道12公里,打捞垃圾3.5吨。\n二、宣传\n累计发放资料2000余份,接受咨询300多人次。",
]


@pytest.mark.parametrize("text", REPORTS)
def test_a_pair_weighs_what_its_features_weigh(text):
    component = EventsComponent()
    report = next(miner.mine([text]))
    findings = report.findings
    assert component.link is not None and findings.triggers and findings.quantities
    linker = Linker(scene_of(findings), findings.triggers, component.link)
    weights, compared = component.link.single, 0
    for index in range(len(findings.quantities)):
        for link in linker.candidates(index):
            if link is not None:
                named = sum(weights.get(name, 0) for name in linker.features(index, link))
                assert linker._score(linker._seen(index), link, component.link) == named
                compared += 1
        linker.links.append(linker.choose(index))
    assert compared >= len(findings.quantities)


def test_a_report_that_is_done_with_leaves_nothing_to_the_garbage_collector():
    next(miner.mine(REPORTS)).rows()
    gc.collect()
    for report in miner.mine(REPORTS):
        report.rows()
    del report
    assert gc.collect() == 0
