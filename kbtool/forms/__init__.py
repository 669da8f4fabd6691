"""Document + form template → inquiry records: one record a slip, personal values apart, doubts named.

Nothing is guessed: what cannot be read or decided is null and waits for a person with its place on the page. The
measures over records are pure functions in ``measures``.
"""

from kbtool.forms import measures
from kbtool.forms.records import Records, records
from kbtool.forms.template import Template, load_templates

__all__ = ["Records", "Template", "load_templates", "measures", "records"]
