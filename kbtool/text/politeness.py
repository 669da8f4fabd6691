"""Whether a Japanese sentence is polite (です・ます) or plain, by how it ends: pure functions over strings."""

import re

_CLOSED = "[)）」』]*[。．.]?$"
_POLITE = re.compile(
    "(?:です|ます|でした|ました|ません|でしょう|ましょう|ください|下さい|ませ|なさい|ませんか)(?:か|ね|よ|が|けれど)?"
    + _CLOSED
)
#: Verbs end in a kana of the row う or in た, adjectives in しい or ない; だ and である close a noun.
_PLAIN = re.compile(
    "(?:だ|である|であった|[うくぐすつぬぶむる]|[っいしえきけせてねべめれんちりびみぎ][ただ]|ない|たい|しい|よい|らしい)"
    + _CLOSED
)
#: Thanks and likenesses end like a verb and are none.
_NO_VERB = re.compile("(?:ありがとう|おはよう|[よそどこほ]う)" + _CLOSED)


def is_plain(sentence: str) -> bool:
    """Whether a sentence ends in a verb, an adjective or だ without です・ます; one that ends in a noun is neither."""
    return bool(_PLAIN.search(sentence)) and not (_POLITE.search(sentence) or _NO_VERB.search(sentence))
