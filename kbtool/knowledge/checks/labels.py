"""Words that must be known to be of use: tags, marks, categories, products (T)."""

from collections.abc import Iterator

from kbtool import messages
from kbtool.knowledge.checks.finding import Found
from kbtool.knowledge.checks.state import EntryFile, State


def unknown_tag(file: EntryFile, state: State) -> Iterator[Found]:
    """A tag that neither the settings nor a chapter of the manuals names (T001)."""
    for tag in file.entry.tags:
        if tag not in (*state.settings.checks.tags, *state.chapters):
            yield Found(file.field("tags", tag), {"tag": tag, "known": "、".join(state.settings.checks.tags)})


def unknown_mark(file: EntryFile, state: State) -> Iterator[Found]:
    """A mark that no step of the work knows, which nobody could ever settle (T002)."""
    for mark in file.entry.needs_review:
        if f"mark_{mark}" not in messages.catalogue(messages.language()):
            yield Found(file.field("needs_review", mark), {"mark": mark})


def unknown_category(file: EntryFile, state: State) -> Iterator[Found]:
    """A category that the settings do not name (T003)."""
    if state.settings.category(file.entry.category) is None:
        known = "、".join(each.name for each in state.settings.categories)
        yield Found(file.field("category"), {"category": file.entry.category, "known": known})


def unknown_product(file: EntryFile, state: State) -> Iterator[Found]:
    """A product or model that the settings do not name (T004); nothing where they name none."""
    known = {product.name: product.models for product in state.settings.products}
    for product in file.entry.products if known else ():
        wrong = [model for model in product.models if model not in known.get(product.name, ())]
        if product.name not in known or wrong:
            named = wrong[0] if product.name in known else product.name
            yield Found(file.field("products", named), {"product": named})
