from hypothesis import given
from hypothesis import strategies as st

from kbtool.knowledge.exchange import losses


def test_what_cp932_lacks_is_named_with_what_stands_for_it() -> None:
    text = "10〜20分、5−3、—、5€、𠮷野様、髙﨑①㈱～"
    assert losses.replacements(text) == {"〜": "～", "−": "－", "—": "―", "€": "〓", "𠮷": "〓"}
    assert losses.written(text) == "10～20分、5－3、―、5〓、〓野様、髙﨑①㈱～"


@given(st.text(max_size=40))
def test_what_was_sent_comes_back_whole(text: str) -> None:
    lossy = losses.written(text)
    assert len(lossy) == len(text)
    assert losses.restored(lossy.encode(losses.CP932).decode(losses.CP932), text) == text


def test_a_correction_beside_a_lost_character_keeps_it() -> None:
    assert losses.restored("料金は6〓です。お電話で。", "料金は5€です。") == "料金は6€です。お電話で。"
