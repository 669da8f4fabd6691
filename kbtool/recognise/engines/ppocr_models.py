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

    Both take grey values from -1 (black) to 1 (white). ``rest`` gives back the memory the detector worked in, which
    costs a tenth of its time when it works again.
    """

    detect: Callable[[Floats], Floats]
    recognise: Callable[[Floats], Floats]
    rest: Callable[[], None]
    characters: tuple[str, ...]
    fingerprint: str


@dataclass(frozen=True, slots=True)
class _Network:
    """``run``: from input to output, which holds until the next call: it may lie in memory that is used again."""

    run: Callable[[Floats], Floats]
    rest: Callable[[], None]


@dataclass(frozen=True, slots=True)
class _Runtime:
    """A way to run a network, given the bytes of an ONNX file."""

    name: str
    load: Callable[[bytes], _Network]


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

    detector, recogniser = (_model_file(pattern).read_bytes() for pattern in (_DETECTOR, _RECOGNISER))
    cut, characters = trim_recogniser(recogniser, japanese_only=_JAPANESE.issuperset(languages))
    runtime = _openvino() if importlib.util.find_spec("openvino") else _onnxruntime()
    detect, recognise = runtime.load(trim_detector(detector)), runtime.load(cut)

    def detect_page(image: Floats) -> Floats:
        return np.asarray(detect.run(image[None, None])[0, 0], np.float32)

    def recognise_line(image: Floats) -> Floats:
        return np.asarray(recognise.run(image[None, None])[0], np.float32)

    model = hashlib.sha256(detector + recogniser + "".join(characters).encode()).hexdigest()[:12]
    fingerprint = f"ppocr/{version()}/{model}/{runtime.name}/{_processor()}"
    return Networks(detect_page, recognise_line, detect.rest, characters, fingerprint)


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
    # Pinned, as it would be by itself, every process works on the machine's first core.
    settings = {"INFERENCE_NUM_THREADS": 1, "NUM_STREAMS": 1, "ENABLE_CPU_PINNING": False}

    def load_network(model: bytes) -> _Network:
        compiled = core.compile_model(core.read_model(model), "CPU", settings)

        def run(image: Floats) -> Floats:
            return np.asarray(compiled([image], share_outputs=True)[0], np.float32)

        return _Network(run, compiled.release_memory)

    precision = str(core.get_property("CPU", "INFERENCE_PRECISION_HINT")).strip("<>").split("'")[-2]
    return _Runtime(f"openvino-{importlib.metadata.version('openvino')}-{precision}", load_network)


def _onnxruntime() -> _Runtime:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False  # the arena keeps the largest page for ever

    def load_network(model: bytes) -> _Network:
        session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])

        def run(image: Floats) -> Floats:
            return np.asarray(session.run(None, {"x": image})[0], np.float32)

        return _Network(run, rest=lambda: None)

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
