"""Pixels to lines, ruled grids, stamps and form zones.

The room sees nothing but pixels: it opens no file of a user and knows neither documents nor entries. Engines are
loaded once in a process and kept; the same page read by the same fingerprint gives the same reading.
"""

from kbtool.recognise.engines import EngineStatus, engine_status
from kbtool.recognise.page import fingerprint, recognise
from kbtool.recognise.raster import Raster, RecogniseOptions

__all__ = ["EngineStatus", "Raster", "RecogniseOptions", "engine_status", "fingerprint", "recognise"]
