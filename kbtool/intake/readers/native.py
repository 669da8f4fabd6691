"""pdfium asked for many things in one go: the same question for every character or object of a page.

Separate because of what it costs. Through ctypes' ordinary conversion a dense page is 20,000 calls of half a
microsecond each; bare functions, with places for the answers made once and used again, need a third of that.
Functions are taken from pypdfium2's own bindings, which loaded the library.
"""

import ctypes
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from itertools import repeat
from typing import Any

import numpy as np
import numpy.typing as npt

#: Answers that each function has room for at first; a page with more makes room.
_FIRST_ROOM = 256


class Handle:
    """A pdfium object as a bare address."""

    def __init__(self, raw: Any) -> None:
        (self.bare,) = addresses([ctypes.cast(raw, ctypes.c_void_p).value or 0])


def whole(function: Any) -> Callable[..., int]:
    """The function without conversions, for answers that are whole numbers."""
    return ctypes.PYFUNCTYPE(ctypes.c_int)(_address(function))


def whole_of_address(function: Any) -> Callable[[int], int]:
    """The same for a function of one address, which is given as a number."""
    return ctypes.PYFUNCTYPE(ctypes.c_int, ctypes.c_void_p)(_address(function))


def pointer(function: Any) -> Callable[..., int]:
    """The function without conversions, for answers that are addresses (0 for none)."""
    return ctypes.PYFUNCTYPE(ctypes.c_size_t)(_address(function))


class Filler:
    """A function that writes numbers of kind ``dtype`` where its last argument, or its last ones, point.

    ``otherwise`` is what stands where there is no answer, and says how many numbers there are. ``parted``: each number
    has an argument of its own (colours); else one argument points to a structure (rectangles).
    """

    def __init__(
        self, function: Any, dtype: type[np.generic], otherwise: Sequence[float], *, parted: bool = False
    ) -> None:
        self._function = ctypes.PYFUNCTYPE(ctypes.c_int)(_address(function))
        self._dtype = np.dtype(dtype)
        self._otherwise = otherwise
        self._parted = parted
        self._room(_FIRST_ROOM)

    def ask(self, *arguments: Iterable[Any], count: int) -> npt.NDArray[Any]:
        """Ask ``count`` times with arguments from iterables of that length: a row of numbers each."""
        if count > len(self._answers):
            self._room(2 * count)
        answers = self._answers[:count]
        answers[:] = self._otherwise
        deque(map(self._function, *arguments, *self._places), 0)
        return answers.copy()

    def _room(self, count: int) -> None:
        self._answers = np.zeros((count, len(self._otherwise)), self._dtype)
        start, size = self._answers.ctypes.data, self._dtype.itemsize
        row = size * len(self._otherwise)
        parts = range(0, row, size) if self._parted else (0,)
        self._places = [addresses(start + row * n + part for n in range(count)) for part in parts]


def decimal(function: Any) -> Callable[..., float]:
    """The function without conversions, for answers that are numbers with fractions."""
    return ctypes.PYFUNCTYPE(ctypes.c_double)(_address(function))


def of_each(function: Callable[..., int], handle: Handle, count: int) -> list[int]:
    """Ask about each of the ``count`` things that ``handle`` holds."""
    return list(map(function, repeat(handle.bare), range(count)))


def addresses(pointers: Iterable[int]) -> list[Any]:
    """Addresses as arguments for bare functions.

    References are handed over as they are; ctypes makes one of every other argument, which is a sixth of a call.
    """
    return list(map(ctypes.byref, map(ctypes.c_char.from_address, pointers)))


def _address(function: Any) -> Any:
    return ctypes.cast(function, ctypes.c_void_p).value
