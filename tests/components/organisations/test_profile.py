"""A user's own bodies, aliases and suffixes."""

from pathlib import Path
from typing import Any

import pytest

from miner.components.organisations.finder import OrganisationFinder
from miner.components.profile import ProfileError, parse_profile, read_profile
from miner.layout import lay_out

GOOD = """
[[organisations]]
name = "临江市城市运行管理中心"
type = "government"
aliases = ["城运中心"]

[suffixes]
facility = ["充电驿站"]
"""


def test_an_alias_takes_the_bodys_name_and_type(tmp_path: Path) -> None:
    path = tmp_path / "profile.toml"
    path.write_text(GOOD, "utf-8")
    finder = OrganisationFinder(profile=read_profile(path))
    found = finder.find(lay_out("8月6日,城运中心检修路灯60盏。")).organisations
    assert [(m.text, m.name, m.type, m.reason) for m in found] == [("城运中心", "临江市城市运行管理中心", "government", "profile")]


def test_a_suffix_makes_names(tmp_path: Path) -> None:
    path = tmp_path / "profile.toml"
    path.write_text(GOOD, "utf-8")
    found = OrganisationFinder(profile=read_profile(path)).find(lay_out("县消防救援大队检查了青松充电驿站。")).organisations
    assert ("青松充电驿站", "facility") in [(m.text, m.type) for m in found]


def test_a_profile_leaves_other_finders_alone() -> None:
    OrganisationFinder(profile=parse_profile({"suffixes": {"facility": ["充电驿站"]}})).find(lay_out("无"))
    assert "充电驿站" not in OrganisationFinder().words.heads


@pytest.mark.parametrize(("data", "key"), [
    ({"organisation": []}, "organisation"),
    ({"organisations": {}}, "organisations"),
    ({"organisations": [{"name": "城运中心"}]}, "organisations[1]"),
    ({"organisations": [{"name": "城运中心", "type": "bureau"}]}, "organisations[1].type"),
    ({"organisations": [{"name": "城运中心", "type": "government", "alias": ["甲"]}]}, "organisations[1].alias"),
    ({"organisations": [{"name": "甲中心", "type": "other", "aliases": ["中心"]}, {"name": "乙中心", "type": "other", "aliases": ["中心"]}]},
     "organisations[2]"),
    ({"organisations": [{"name": "城 运", "type": "government"}]}, "organisations[1].name"),
    ({"suffixes": {"bureau": ["局"]}}, "suffixes.bureau"),
    ({"suffixes": {"facility": "站点"}}, "suffixes.facility"),
    ({"suffixes": []}, "suffixes"),
])
def test_a_fault_names_its_key(data: dict[str, Any], key: str) -> None:
    with pytest.raises(ProfileError) as fault:
        parse_profile(data, "p.toml")
    assert fault.value.key == key
    assert "p.toml" in str(fault.value)


def test_what_is_no_toml_is_said_so(tmp_path: Path) -> None:
    path = tmp_path / "profile.toml"
    path.write_text("[[organisations", "utf-8")
    with pytest.raises(ProfileError, match="is no TOML"):
        read_profile(path)
