"""The PP-OCR networks out of the installed ``rapidocr`` wheel, made ready to run.

``rapidocr`` itself is never imported: only its model files are wanted, and its import costs seconds.
"""

import hashlib
import importlib.metadata
import importlib.util
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kbtool.errors import EnvironmentMissing

Floats = npt.NDArray[np.float32]

_DETECTOR = "PP-OCR*_det_*.onnx"
_RECOGNISER = "PP-OCR*_rec_*.onnx"
_JAPANESE = frozenset({"jpn", "jpn_vert", "eng"})
#: What changes the last digits of a network's answer.
_FEATURES = ("avx2", "avx512f", "avx512_vnni", "avx512_bf16", "amx_bf16", "asimd", "bf16")


@dataclass(frozen=True, slots=True)
class Networks:
    """``detect``: H×W → probability of a line at half the size; ``recognise``: 48×W → T × characters.

    Both take grey values from -1 (black) to 1 (white).
    """

    detect: Callable[[Floats], Floats]
    recognise: Callable[[Floats], Floats]
    characters: tuple[str, ...]
    fingerprint: str


@dataclass(frozen=True, slots=True)
class _Runtime:
    """A way to run a network: bytes of an ONNX file → a function from its input to its output.

    The output holds until the next call: it may lie in memory that the runtime uses again.
    """

    name: str
    load: Callable[[bytes], Callable[[Floats], Floats]]


def installed() -> bool:
    """Whether the wheel with the models and something to run them with are here."""
    if any(importlib.util.find_spec(name) is None for name in ("rapidocr", "onnx")):
        return False
    return any(importlib.util.find_spec(name) for name in ("openvino", "onnxruntime"))


def version() -> str:
    """Version of the wheel that carries the models."""
    return importlib.metadata.version("rapidocr")


def load(languages: tuple[str, ...]) -> Networks:
    """Load both networks on one thread; raises EnvironmentMissing without the extra ``ppocr``."""
    if not installed():
        raise EnvironmentMissing("recognise_ppocr_missing")
    from kbtool.recognise.engines.ppocr_graphs import trim_detector, trim_recogniser

    detector = trim_detector(_model_file(_DETECTOR).read_bytes())
    japanese_only = _JAPANESE.issuperset(languages)
    recogniser, characters = trim_recogniser(_model_file(_RECOGNISER).read_bytes(), japanese_only=japanese_only)
    runtime = _openvino() if importlib.util.find_spec("openvino") else _onnxruntime()
    detect, recognise = runtime.load(detector), runtime.load(recogniser)

    def detect_page(image: Floats) -> Floats:
        return np.asarray(detect(image[None, None])[0, 0], np.float32)

    def recognise_line(image: Floats) -> Floats:
        return np.asarray(recognise(image[None, None])[0], np.float32)

    model = hashlib.sha256(detector + recogniser).hexdigest()[:12]
    fingerprint = f"ppocr/{version()}/{model}/{runtime.name}/{_processor()}"
    return Networks(detect_page, recognise_line, characters, fingerprint)


def _model_file(pattern: str) -> Path:
    spec = importlib.util.find_spec("rapidocr")
    folder = Path(spec.origin).parent / "models" if spec and spec.origin else Path()
    found = sorted(folder.glob(pattern))
    if not found:
        raise EnvironmentMissing("recognise_ppocr_missing")
    return found[-1]


def _openvino() -> _Runtime:
    import openvino

    core = openvino.Core()
    settings = {"INFERENCE_NUM_THREADS": 1, "NUM_STREAMS": 1, "PERFORMANCE_HINT": "LATENCY"}

    def load_network(model: bytes) -> Callable[[Floats], Floats]:
        compiled = core.compile_model(core.read_model(model), "CPU", settings)
        return lambda image: np.asarray(compiled([image], share_outputs=True)[0], np.float32)

    precision = str(core.get_property("CPU", "INFERENCE_PRECISION_HINT")).strip("<>").split("'")[-2]
    return _Runtime(f"openvino-{importlib.metadata.version('openvino')}-{precision}", load_network)


def _onnxruntime() -> _Runtime:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False  # the arena keeps the largest page for ever

    def load_network(model: bytes) -> Callable[[Floats], Floats]:
        session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        return lambda image: np.asarray(session.run(None, {"x": image})[0], np.float32)

    return _Runtime(f"onnxruntime-{importlib.metadata.version('onnxruntime')}-f32", load_network)


@cache
def _processor() -> str:
    """The features of this processor that matter, as far as the system tells."""
    listing = Path("/proc/cpuinfo")
    if not listing.exists():
        import platform

        return platform.machine()
    words = set(listing.read_text("utf-8", errors="replace").split())
    return "+".join(feature for feature in _FEATURES if feature in words) or "plain"
