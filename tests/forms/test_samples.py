"""The demo's slips, really read, against the expected truth."""

from dataclasses import asdict
from pathlib import Path

import pytest
import yaml

from kbtool import forms, intake
from kbtool.project import Project
from kbtool.recognise import RecogniseOptions
from tests.compare import score_records

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
def test_the_slips_of_the_demo(tmp_path: Path) -> None:
    truth = yaml.safe_load((ROOT / "tests" / "truth" / "slips.yml").read_text(encoding="utf-8"))
    project = Project(ROOT)
    (template,) = forms.load_templates(project.kb)
    source = next(source for source in intake.discover(project.sources).sources if source.name == truth["document"])
    ocr = project.settings.ocr
    options = RecogniseOptions(
        engine=ocr.engine, languages=ocr.languages, doubtful_below=ocr.doubtful_below, forms=(template.zones(),)
    )
    with intake.PageReader(options, 1, tmp_path) as reader:
        document = reader.read(source, slug="slips")
    result = forms.records(document, template, project.settings.products)
    report = score_records(truth, [asdict(record) for record in result.inquiries])
    assert report.extra == ()
    assert report.share("record") == report.share("page") == report.share("mark") == report.share("state") == 1.0
    assert report.share("typed") >= 0.98
    manual = [record.number for record in result.inquiries if record.fields["content"].state == "needs_manual"]
    assert manual == truth["reconciliation"]["needs_manual"]
    measures = truth["measures"]
    assert forms.measures.retention(result.inquiries).percent == measures["retention"]["percent"]
    assert forms.measures.csat(result.inquiries).mean == measures["csat"]["mean"]
    personal = {value for values in result.private.values() for value in values.values()}
    assert personal
    assert not any(value in repr(result.inquiries) for value in personal)
