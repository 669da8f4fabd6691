"""The kinds of personal data, and what stands in a text in place of a value.

Apart from the rules, because each of them names a kind and ``personal_data`` asks all rules.
"""

from collections.abc import Iterator
from enum import StrEnum
from typing import TypeAlias


class Kind(StrEnum):
    """What a finding is; the value is written into kb/ and never changes."""

    PHONE = "phone"
    EMAIL = "email"
    POSTAL_CODE = "postal_code"
    ADDRESS = "address"
    MY_NUMBER = "my_number"
    CARD = "card"
    BANK_ACCOUNT = "bank_account"
    BIRTH_DATE = "birth_date"
    RECEPTION_NUMBER = "reception_number"
    ID_NUMBER = "id_number"
    NAME = "name"


#: What stands in the text instead of the value; the same in every language, since it is written into kb/.
MASK_NAMES = {
    Kind.PHONE: "電話",
    Kind.EMAIL: "メール",
    Kind.POSTAL_CODE: "郵便番号",
    Kind.ADDRESS: "住所",
    Kind.MY_NUMBER: "個人番号",
    Kind.CARD: "カード番号",
    Kind.BANK_ACCOUNT: "口座",
    Kind.BIRTH_DATE: "生年月日",
    Kind.RECEPTION_NUMBER: "受付番号",
    Kind.ID_NUMBER: "証明番号",
    Kind.NAME: "氏名",
}

#: What a rule yields: the kind, where it starts and ends in the text of even width, confidence in percent.
Found: TypeAlias = Iterator[tuple[Kind, int, int, float]]

#: Stands in the copy that is looked through for what is masked or found already: no letter, no digit, no label.
BLANK = "〓"

#: Everything that is typed, printed or recognised where a dash is meant.
DASH = "[‐‑‒–—―−ー─━\\-]"
