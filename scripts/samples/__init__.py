"""The demo samples, drawn from their wording.

Each module with a `draw(out: Path)` draws one file of `source_manuals/`; `scripts/make_samples` calls them. Nothing
here is part of the installed package: the samples are committed, and drawn anew only to prove that they are what the
code says.
"""
