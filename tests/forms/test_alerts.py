import pytest

from kbtool.forms.alerts import alerts
from tests.forms.test_measures import record

DANGERS = """
電源を入れたら焦げくさいにおいがした。
煙が出た
ふたで指をけがした
飲んだら発疹が出た
ｱﾚﾙｷﾞｰが出た
子どもが誤飲した
"""
HARMLESS = """
体調が良くなったので、もう必要ない。
いやなにおいがする
箱の開け口が固い
"""


@pytest.mark.parametrize("content", DANGERS.split())
def test_danger_is_found_by_words(content: str) -> None:
    assert alerts([record("T1", {"content": content, "category": "使い方"})])


@pytest.mark.parametrize("marks", [{"category": "健康被害"}, {"category": "解約", "retention": "対象外"}])
def test_danger_is_found_by_marks(marks: dict[str, str]) -> None:
    assert alerts([record("T1", marks)])


@pytest.mark.parametrize(
    "content", ["体調が良くなったので、もう必要ない。", "いやなにおいがする", "箱の開け口が固い", ""]
)
def test_the_rest_is_no_alarm(content: str) -> None:
    assert not alerts([record("T1", {"content": content, "category": "ご意見"})])
