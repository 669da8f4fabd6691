"""What is written on a slip as a value that can be compared: one small file for each kind of field.

Each function gives a ``Reading``; a reason names what a person must look at.
"""

from kbtool.forms.normalise.reading import Reading

__all__ = ["Reading"]
