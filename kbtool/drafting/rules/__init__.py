"""THE list: the rules by which a document becomes entry drafts, in the order they are asked; the first match wins.

Each rule is a function over a cursor of items in a file of its own subject; its one-line description for people is
``drafting_rule_<name>`` of the catalogues. What no rule takes stays in the archive.
"""

from kbtool.drafting.cursor import Rule
from kbtool.drafting.rules import (
    care,
    contents,
    cover,
    error_codes,
    escalation,
    headings,
    instructions,
    old_edition,
    question_answer,
    question_table,
    reference_tables,
    safety,
    silent_tables,
    troubleshooting,
)

RULES: tuple[Rule, ...] = (
    Rule("old_edition", old_edition.old_edition),
    Rule("cover", cover.cover),
    Rule("contents", contents.contents),
    Rule("safety_chapter", safety.safety_chapter),
    Rule("safety_box", safety.safety_box),
    Rule("instructions", instructions.instructions),
    Rule("question_answer", question_answer.question_answer),
    Rule("revisions", silent_tables.revisions),
    Rule("question_table", question_table.question_table),
    Rule("error_codes", error_codes.error_codes),
    Rule("troubleshooting", troubleshooting.troubleshooting),
    Rule("care", care.care),
    Rule("escalation", escalation.escalation),
    Rule("script_table", reference_tables.script_table),
    Rule("procedure_table", reference_tables.procedure_table),
    Rule("definitions", reference_tables.definitions),
    Rule("code_table", reference_tables.code_table),
    Rule("specifications", silent_tables.specifications),
    Rule("blank_form", silent_tables.blank_form),
    Rule("decision_table", reference_tables.decision_table),
    Rule("other_table", reference_tables.other_table),
    Rule("script_lines", headings.script_lines),
    Rule("procedure", headings.procedure),
    Rule("policy", headings.policy),
    Rule("heading", headings.heading),
)
