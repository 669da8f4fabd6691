"""The report of the inquiries as Markdown for people and as rows for a spreadsheet."""

import csv
import io
from collections.abc import Iterator

from kbtool import messages
from kbtool.forms.figures import Figure
from kbtool.knowledge.exchange import cells
from kbtool.recipes.inquiry_report import InquiryReport, Matter, Quoted
from kbtool.recipes.voices import Period


def markdown(report: InquiryReport) -> str:
    """The whole report; safety first, definitions beside the numbers."""
    return "\n".join(_lines(report)) + "\n"


def sheet(report: InquiryReport) -> bytes:
    """The numbers as CSV for Excel: what, which, value, of how many, left out, definition."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    for row in _rows(report):
        writer.writerow([cells.guarded(str(cell)) if isinstance(cell, str) else cell for cell in row])
    return text.getvalue().encode("utf-8-sig")


def period(report: InquiryReport) -> str:
    """The period in words: as asked for, or from the first day to the last."""
    asked: Period = report.period
    since, until = asked.since or report.first, asked.until or report.last
    return f"{since or '－'} – {until or '－'}"


def value(figure: Figure) -> str:
    """A figure as people read it: 2/5 = 40.0 %, or 3.83."""
    if figure.mean is not None:
        return f"{figure.mean:.2f}"
    if figure.percent is None:
        return "－"
    return f"{figure.part}/{figure.whole} = {figure.percent:.1f} %"


def _lines(report: InquiryReport) -> Iterator[str]:
    say = messages.say
    yield f"# {say('voc_title')}"
    yield ""
    yield f"- {say('voc_purpose', purpose=report.purpose)}"
    yield f"- {say('voc_period', period=period(report), made_on=report.made_on)}"
    yield f"- {say('voc_n', n=report.n, left_out=report.left_out, to_review=report.to_review)}"
    yield f"- {say(f'voc_{report.polarity}')}"
    yield f"- {say('voc_privacy')}"
    yield from _quoted("voc_alerts", report.alerts)
    yield from ("", f"## {say('voc_figures')}", "")
    yield from (f"| {say('voc_head')} |", "| --- | --- | --- | --- | --- |")
    for each in report.figures:
        yield f"| {say(f'voc_{each.code}')} | {value(each)} | {each.n} | {each.left_out} | {_meaning(report, each)} |"
    yield from ("", f"## {say('voc_counts')}", "")
    for name, counts in report.counts.items():
        yield f"- {say(f'voc_{name}')}: " + "、".join(f"{_cell(each)} {count}" for each, count in counts.items())
    yield from ("", f"## {say('voc_matters')}")
    for matter in report.matters:
        yield from ("", *_matter(matter))
    if not report.matters:
        yield from ("", say("voc_none"))
    yield from _quoted("voc_opinions", report.opinions)


def _matter(matter: Matter) -> Iterator[str]:
    say = messages.say
    words = "・".join(matter.words) or matter.kind
    yield f"### {say('voc_matter', kind=matter.kind or '－', words=words, count=len(matter.inquiries))}"
    yield ""
    yield from (f"- {each.number} {_cell(each.text)}" for each in matter.inquiries)
    entries = "、".join(f"{id} {question}" for id, question in matter.entries)
    if not matter.entries:
        yield f"- → {say('voc_unanswered')}"
    elif matter.lacks:
        yield f"- → {say('voc_lacks', entries=entries, words='・'.join(matter.lacks))}"
        yield from (f"  - {_cell(text)}" for text in matter.said)
    else:
        yield f"- → {say('voc_answered', entries=entries)}"
    if matter.entries and matter.unanswered:
        yield f"- {say('voc_partly', count=matter.unanswered)}"


def _quoted(code: str, found: tuple[Quoted, ...]) -> Iterator[str]:
    yield from ("", f"## {messages.say(code)}", "")
    yield from (f"- {each.number}（{each.kind}）{_cell(each.text)}" for each in found)
    if not found:
        yield messages.say("voc_none")


def _rows(report: InquiryReport) -> Iterator[tuple[object, ...]]:
    say = messages.say
    yield say("voc_purpose_short"), report.purpose
    yield say("voc_period_short"), period(report)
    yield say("voc_n_short"), report.n
    yield ("CES", say(f"voc_{report.polarity}"))
    yield ()
    yield tuple(say("voc_sheet_head").split(" | "))
    for figure in report.figures:
        shown = figure.mean if figure.percent is None else figure.percent
        part, whole = figure.part, figure.whole
        name, meaning = say(f"voc_{figure.code}"), _meaning(report, figure)
        yield name, "－" if shown is None else shown, part, whole, figure.n, figure.left_out, meaning
    for name, counts in report.counts.items():
        for each, count in counts.items():
            yield f"{say(f'voc_{name}')}: {each}", count, None, None, report.n, None, None


def _meaning(report: InquiryReport, figure: Figure) -> str:
    code = f"voc_{figure.code}_means"
    if figure.code == "ces_good":
        code = f"voc_ces_good_{report.polarity}_means"
    return messages.say(code, left_out=figure.left_out)


def _cell(text: str) -> str:
    """A customer's words on one line, without what Markdown would take for its own."""
    line = " ".join(text.split())
    return "".join(f"\\{sign}" if sign in "\\`*_[]<>|#" else sign for sign in line)
