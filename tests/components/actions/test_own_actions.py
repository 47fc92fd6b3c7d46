"""A user's own action types: the worked example of the docs, and what a profile may not say."""

import contextlib
import io
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from miner.components.actions.component import ActionsComponent
from miner.components.actions.lexicon import lexicon, with_profile
from miner.components.profile import Profile, ProfileError, parse_profile
from miner.pipeline import load, process
from miner.records import Report
from miner.schema import ACTIONS, LABELLED_COLUMNS, TABLES, add_actions
from miner.store.cells import cell
from tests.conftest import ROOT


def rows(text: str, profile: Profile) -> list[tuple[str, str, Any]]:
    nlp = load()
    nlp.get_pipe("actions").use_profile(profile)
    return [(row["trigger"], row["action"], row["value"]) for row in Report(process(text, nlp=nlp)).rows()["records"]]


def test_the_worked_example_of_the_docs_runs_and_prints_what_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocks = dict(re.findall(r"```(toml|python|text)\n(.*?)```", (ROOT / "docs" / "actions.md").read_text("utf-8"), re.S))
    (tmp_path / "husbandry.toml").write_text(blocks["toml"], "utf-8")
    monkeypatch.chdir(tmp_path)
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(blocks["python"], "docs/actions.md", "exec"), {})
    assert out.getvalue() == blocks["text"]


def test_a_trigger_of_the_user_says_the_users_type_alone() -> None:
    own = parse_profile({"action": [{"code": "audit", "label": {"en": "audit", "zh": "审计"}, "triggers": ["检查", "清点"]}]})
    assert rows("2021年8月6日,临江市图书馆检查书库12间,修补图书320册。", own)[:1] == [("检查", "audit", 12)]
    assert with_profile(lexicon(), own).types["检查"] == ("audit",)
    assert lexicon().types["检查"][0] == "inspect"


def test_a_set_of_the_users_own_leaves_nothing_of_the_shipped_one() -> None:
    own = parse_profile({"replace_actions": True, "action": [{"code": "lend", "label": {"en": "lend", "zh": "外借"}, "triggers": ["外借", "借出"]}]})
    assert rows("2021年8月6日,临江市图书馆检查书库12间,外借图书3200册。", own) == [("外借", "lend", 3200)]


def test_triggers_may_stand_instead_of_a_types_shipped_ones() -> None:
    types = with_profile(lexicon(), parse_profile({"action": [{"code": "donate", "triggers": ["赠书"], "replaces": True}]})).types
    assert [word for word, codes in types.items() if "donate" in codes] == ["赠书"]
    assert "inspect" in types["检查"]


def test_training_gives_no_other_trigger_a_type_that_a_profile_replaces() -> None:
    component = ActionsComponent()
    component.seen = {"检查": {"donate": 3.0}}
    assert "donate" in component.types("检查")
    component.use_profile(parse_profile({"action": [{"code": "donate", "triggers": ["赠书"], "replaces": True}]}))
    assert "donate" not in component.types("检查") and component.types("赠书") == ("donate",)


def test_labels_reach_flat_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(LABELLED_COLUMNS, "action", dict(ACTIONS))
    add_actions({"lend": {"en": "lend", "zh": "外借"}, "inspect": {"zh": "查库"}})
    column = next(column for column in TABLES["records"].columns if column.name == "action")
    assert [cell(column, code, "zh") for code in ("lend", "inspect", "test")] == ["外借", "查库", "检测检验"]
    assert cell(column, "inspect", "en") == "inspect"


LABEL = {"en": "lend", "zh": "外借"}


@pytest.mark.parametrize(("data", "key", "says"), [
    ({"action": {}}, "action", "write [[action]]"),
    ({"action": [{"code": "Lend", "label": LABEL, "triggers": ["外借"]}]}, "action[1].code", "small letters"),
    ({"action": [{"code": "lend", "label": {"en": "lend"}, "triggers": ["外借"]}]}, "action[1].label", "both languages"),
    ({"action": [{"code": "lend", "label": LABEL, "triggers": []}]}, "action[1].triggers", "no trigger"),
    ({"action": [{"code": "lend", "label": LABEL, "triggers": "外借"}]}, "action[1].triggers", "list of strings"),
    ({"action": [{"code": "lend", "label": LABEL, "triggers": ["外借"], "replaces": True}]}, "action[1].replaces", "no shipped action 'lend'"),
    ({"action": [{"code": "lend", "labels": LABEL, "triggers": ["外借"]}]}, "action[1].labels", "unknown key"),
    ({"action": [{"code": "inspect", "triggers": ["甲查"]}, {"code": "test", "triggers": ["甲查"]}]}, "action[2].triggers", "already says 'inspect'"),
    ({"action": [{"code": "inspect", "triggers": ["甲查"]}, {"code": "inspect", "triggers": ["乙查"]}]}, "action[2].code", "stands twice"),
    ({"replace_actions": True}, "replace_actions", "no action at all"),
    ({"replace_actions": 1, "action": []}, "replace_actions", "true or false"),
])
def test_a_fault_names_its_key(data: dict[str, Any], key: str, says: str) -> None:
    with pytest.raises(ProfileError) as fault:
        parse_profile(data, "p.toml")
    assert fault.value.key == key
    assert says in str(fault.value)


def test_the_docs_profile_is_the_one_that_is_checked() -> None:
    block = re.search(r"```toml\n(.*?)```", (ROOT / "docs" / "actions.md").read_text("utf-8"), re.S)
    assert block
    assert [action.code for action in parse_profile(tomllib.loads(block[1])).actions] == ["vaccinate", "tag", "breed", "disinfect"]


def test_own_actions_reach_tables_counts_and_whoever_reads_the_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from miner.archive.run import Settings, run
    from miner.counts import Selection, count
    from miner.document import Hints
    from miner.store import open_store

    monkeypatch.setitem(LABELLED_COLUMNS, "action", dict(ACTIONS))
    block = re.search(r"```toml\n(.*?)```", (ROOT / "docs" / "actions.md").read_text("utf-8"), re.S)
    assert block
    (tmp_path / "husbandry.toml").write_text(block[1], "utf-8")
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive" / "a.txt").write_text("2021年4月12日,清河县畜牧兽医站免疫生猪3.2万头,补免肉羊640只。", "utf-8")
    run(tmp_path / "archive", tmp_path / "out", Settings(language="zh", hints=Hints(profile=str(tmp_path / "husbandry.toml"))))
    assert "动物免疫" in (tmp_path / "out" / "tables" / "records.csv").read_text("utf-8-sig")
    monkeypatch.setitem(LABELLED_COLUMNS, "action", dict(ACTIONS))
    store = open_store(tmp_path / "out")
    assert LABELLED_COLUMNS["action"]["vaccinate"] == {"en": "vaccinate animals", "zh": "动物免疫"}
    assert [(row["action"], row["events"]) for row in count(store, ["action"], selection=Selection(action="vaccinate")).rows] == [("vaccinate", 2)]
    store.close()
    run(tmp_path / "archive", tmp_path / "out", Settings())
    assert not (tmp_path / "out" / "codes.json").exists()
