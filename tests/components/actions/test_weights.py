"""The tables that decide hold what training wrote: a score is the sum of the weights of the named features."""

from hypothesis import given
from hypothesis import strategies as st

from miner.components.actions.candidates import candidates
from miner.components.actions.features import action_aspects, action_features, of_type, type_aspects, type_features
from miner.components.actions.lexicon import lexicon
from miner.components.actions.weights import ActionWeights
from miner.components.linear import Packing, choice, read_model, thousandths
from miner.components.scene import scene_of
from miner.pipeline import process

TEXT = """临江市2021年工作总结
一、安全生产
2021年8月6日,临江市应急局组织开展汛期安全检查,对化工企业值班值守、物资储备等情况进行检查,共出动车辆6台,排查隐患30处、整改28处。
街道见缝插绿,将进一步做好宣传工作;发放健康教育等宣传资料150份,《医疗机构检查办法》(试行)要求“逢进必检”。
环卫部门的工人连夜清运垃圾35吨,演出场所4家已停业。"""


def scene_and_candidates():
    scene = scene_of(process(TEXT)._.findings)
    return scene, candidates(scene, lexicon())


def test_what_a_candidate_weighs_is_the_sum_of_the_weights_of_its_features():
    weights = thousandths(read_model("actions")["action"]["weights"])
    tables = ActionWeights(weights)
    scene, found = scene_and_candidates()
    told = set()
    for index in range(len(found)):
        names = action_features(scene, found, index)
        assert tables.total(action_aspects(scene, found, index)) == sum(weights.get(name, 0) for name in names)
        told.update(name.partition("=")[0] for name in names)
    assert told >= {"w", "wn", "w|t1", "n", "p", "t0", "p2", "pc", "nt", "list", "item", "in-item", "in-brackets", "de-left", "qty-after",
                    "light"}


def test_what_a_type_weighs_is_the_sum_of_the_weights_of_its_features():
    types = read_model("actions")["type"]
    tables = choice(types, of_type)
    scene, found = scene_and_candidates()
    for index in range(len(found)):
        seen, names = type_aspects(scene, found, index), type_features(scene, found, index)
        expected = {name: round(part["bias"] * 1000) + sum(round(part["weights"].get(feature, 0) * 1000) for feature in names) for name, part in types.items()}
        assert dict(zip(types, tables.scores_of(types, *seen), strict=True)) == expected
        assert tables.scores_of(["unheard of"], *seen) == [0]


@given(st.lists(st.tuples(*[st.integers(-1_000_000, 1_000_000)] * 5), max_size=50))
def test_packed_sums_add_up_as_those_packed_do(rows):
    packing = Packing(5)
    assert packing.sums(sum(map(packing.pack, rows))) == [sum(column) for column in zip((0,) * 5, *rows, strict=True)]
