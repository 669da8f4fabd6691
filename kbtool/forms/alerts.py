"""Inquiries that somebody must look at today whatever their number: harm to health, smoke, fire, injury.

Separate because this is no statistic: one is enough. The words are those with which laws on product and food safety
open a duty to act; a word too many costs a glance, one too few an accident.
"""

import re
from collections.abc import Iterable

from kbtool.forms.measures import OUT_OF_SCOPE
from kbtool.inquiry import Inquiry
from kbtool.text.folding import normalise

HEALTH = "健康被害"
_DANGER = re.compile(
    "焦げ|こげくさ|煙|発火|火花|出火|火が出|異臭|感電|漏電|爆発|破裂|溶け|火事|火傷|やけど|けが|怪我|出血|挟まれ"
    "|発疹|湿疹|蕁麻疹|じんましん|かゆみ|アレルギ|吐き気|嘔吐|下痢|腹痛|めまい|呼吸が|体調を崩|体調不良|具合が悪"
    "|病院|救急|入院|受診|誤飲|窒息|異物"
)


def alerts(records: Iterable[Inquiry]) -> tuple[Inquiry, ...]:
    """The records that speak of harm or danger, in their order."""
    return tuple(record for record in records if _is_alarming(record))


def _is_alarming(record: Inquiry) -> bool:
    if record.value("category") == HEALTH or record.value("retention") in OUT_OF_SCOPE:
        return True
    return _DANGER.search(normalise(str(record.value("content") or ""))) is not None
