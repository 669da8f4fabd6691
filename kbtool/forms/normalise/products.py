"""青汁 → みどりノート青汁 30包: products and models as the settings spell them."""

from collections.abc import Sequence

from kbtool.forms.normalise.reading import Reading, folded
from kbtool.settings import ProductName
from kbtool.text.similarity import similarity

#: A printed product name misread in one or two letters stays above this.
_LIKE = 0.6


def read_product(text: str, products: Sequence[ProductName]) -> Reading:
    """The product of the settings that is meant; another text is kept and marked."""
    plain = folded(text)
    if not plain or not products:
        return Reading(text.strip() or None)
    spelled = [(folded(name), product.name) for product in products for name in (product.name, *product.aliases)]
    for spelling, name in sorted(spelled, key=lambda one: -len(one[0])):
        if spelling == plain or spelling in plain:
            return Reading(name)
    likeness, name = max((similarity(plain, spelling), name) for spelling, name in spelled)
    return Reading(name, "mended") if likeness >= _LIKE else Reading(text.strip(), "unknown_product")


def read_model(text: str, products: Sequence[ProductName]) -> Reading:
    """The model of the settings that is meant, whatever its hyphens, width and case."""
    plain = folded(text).replace("ー", "-")
    models = [model for product in products for model in product.models]
    if not plain or not models:
        return Reading(plain or None)
    known = {_bare(model): model for model in models}
    if found := known.get(_bare(plain)):
        return Reading(found)
    zeros = {_bare(model).replace("O", "0"): model for model in models}
    found = zeros.get(_bare(plain).replace("O", "0"))
    return Reading(found, "mended") if found else Reading(plain, "unknown_model")


def _bare(model: str) -> str:
    return folded(model).replace("-", "").upper()
