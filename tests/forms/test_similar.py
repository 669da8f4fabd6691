from kbtool.forms.similar import Text, groups, things


def keys(texts: list[Text], least: int = 3) -> list[list[str]]:
    return [[text.key for text in group.texts] for group in groups(texts, least)]


def test_texts_that_name_the_same_thing_belong_together() -> None:
    texts = [
        Text("1", "E05が出て動かない。", "使い方"),
        Text("2", "給湯の温度が低い。", "使い方"),
        Text("3", "Ｅ０５と表示される", "使い方"),
        Text("4", "朝から e05 のまま", "使い方"),
    ]
    (group,) = groups(texts)
    assert ([text.key for text in group.texts], group.words[0]) == (["1", "3", "4"], "E05")


def test_another_code_or_another_kind_is_another_matter() -> None:
    texts = [Text(str(n), f"E0{n}が出る", "使い方") for n in range(1, 5)]
    assert keys(texts) == []
    assert keys([Text("1", "返品したい", "返品"), Text("2", "返品は", "ご意見"), Text("3", "返品", "解約")]) == []


def test_what_hangs_together_by_parts_of_words() -> None:
    texts = [Text("1", "お届け先が変わった"), Text("2", "お届けが遅い"), Text("3", "お届け日を知りたい")]
    assert keys(texts) == [["1", "2", "3"]]


def test_a_heap_is_taken_apart_by_what_most_of_it_names() -> None:
    pages = [Text(f"a{n}", "フィルターの交換時期") for n in range(8)]
    bills = [Text(f"b{n}", "請求書の再発行") for n in range(5)]
    bridge = [Text("c", "フィルターの請求書")]
    found = keys([*pages, *bills, *bridge])
    assert found == [[*(f"a{n}" for n in range(8)), "c"], [f"b{n}" for n in range(5)]]


def test_every_text_alone_where_nothing_is_shared() -> None:
    assert keys([Text("1", "箱が固い"), Text("2", "色違い"), Text("3", "")], least=1) == [["1"], ["2"], ["3"]]


def test_things_are_named_as_they_are_spelled() -> None:
    assert things("タンクに水があるのにE03になる") == {"たんく": "タンク", "e03": "E03"}
