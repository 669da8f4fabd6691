"""The PP-OCR networks out of the installed ``rapidocr`` wheel, made ready to run.

``rapidocr`` itself is never imported: only its model files are wanted, and its import costs seconds. The recogniser
is cut to the characters of CP932, so that a Chinese look-alike (对 for 対) cannot come out of a Japanese page, and
takes the arg-max inside the graph, so that 18,000 probabilities a character never leave it.
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
Integers = npt.NDArray[np.int64]

_DETECTOR = "PP-OCR*_det_*.onnx"
_RECOGNISER = "PP-OCR*_rec_*.onnx"
#: Characters outside CP932 that a Japanese page has all the same.
_ALSO = frozenset("〜−‖¥€—–•")
_JAPANESE = frozenset({"jpn", "jpn_vert", "eng"})
#: What changes the last digits of a network's answer.
_FEATURES = ("avx2", "avx512f", "avx512_vnni", "avx512_bf16", "amx_bf16", "asimd", "bf16")


@dataclass(frozen=True, slots=True)
class Networks:
    """``detect``: 1×3×H×W → probability H×W; ``recognise``: N×3×48×W → class and log probability, N×T each."""

    detect: Callable[[Floats], Floats]
    recognise: Callable[[Floats], tuple[Integers, Floats]]
    characters: tuple[str, ...]
    fingerprint: str


@dataclass(frozen=True, slots=True)
class _Runtime:
    """A way to run a network: bytes of an ONNX file → a function from its input to its outputs."""

    name: str
    load: Callable[[bytes], Callable[[Floats], tuple[npt.NDArray[np.generic], ...]]]


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
    detector, recogniser = (_model_file(pattern).read_bytes() for pattern in (_DETECTOR, _RECOGNISER))
    cut, characters = _prepare(recogniser, japanese_only=_JAPANESE.issuperset(languages))
    runtime = _openvino() if importlib.util.find_spec("openvino") else _onnxruntime()
    detect, recognise = runtime.load(detector), runtime.load(cut)

    def detect_page(image: Floats) -> Floats:
        return np.asarray(detect(image)[0][0, 0], np.float32)

    def recognise_lines(images: Floats) -> tuple[Integers, Floats]:
        classes, log_probabilities = recognise(images)
        return np.asarray(classes, np.int64), np.asarray(log_probabilities, np.float32)

    model = hashlib.sha256(detector + cut).hexdigest()[:12]
    fingerprint = f"ppocr/{version()}/{model}/{runtime.name}/{_processor()}"
    return Networks(detect_page, recognise_lines, characters, fingerprint)


def _model_file(pattern: str) -> Path:
    spec = importlib.util.find_spec("rapidocr")
    folder = Path(spec.origin).parent / "models" if spec and spec.origin else Path()
    found = sorted(folder.glob(pattern))
    if not found:
        raise EnvironmentMissing("recognise_ppocr_missing")
    return found[-1]


def _prepare(recogniser: bytes, *, japanese_only: bool) -> tuple[bytes, tuple[str, ...]]:
    """Cut the output layer to the characters wanted, and end the graph in the best class and its probability."""
    import onnx
    from onnx import TensorProto, helper, numpy_helper

    model = onnx.load_from_string(recogniser)
    graph = model.graph
    listed = next(entry.value for entry in model.metadata_props if entry.key == "character")
    characters = ("", *listed.split("\n"), " ")  # class 0 is the blank between characters
    keep = [i for i, c in enumerate(characters) if not japanese_only or _is_japanese(c)]
    for tensor in graph.initializer:
        if tensor.dims and tensor.dims[-1] == len(characters):
            rows = np.ascontiguousarray(numpy_helper.to_array(tensor)[..., keep])
            tensor.CopyFrom(numpy_helper.from_array(rows, tensor.name))
    softmax = next(node for node in graph.node if node.output[0] == graph.output[0].name)
    scores = softmax.input[0]
    graph.node.remove(softmax)
    graph.node.extend(
        [
            helper.make_node("ArgMax", [scores], ["best_class"], axis=2, keepdims=0),
            helper.make_node("ReduceMax", [scores], ["best_score"], axes=[2], keepdims=0),
            helper.make_node("ReduceLogSumExp", [scores], ["all_scores"], axes=[2], keepdims=0),
            helper.make_node("Sub", ["best_score", "all_scores"], ["log_probability"]),
        ]
    )
    del graph.output[:]
    graph.output.extend(
        [
            helper.make_tensor_value_info("best_class", TensorProto.INT64, None),
            helper.make_tensor_value_info("log_probability", TensorProto.FLOAT, None),
        ]
    )
    return model.SerializeToString(), tuple(characters[i] for i in keep)


def _is_japanese(character: str) -> bool:
    try:
        character.encode("cp932")
    except UnicodeEncodeError:
        return character in _ALSO
    return True


def _openvino() -> _Runtime:
    import openvino

    core = openvino.Core()
    settings = {"INFERENCE_NUM_THREADS": 1, "NUM_STREAMS": 1, "PERFORMANCE_HINT": "LATENCY"}

    def load_network(model: bytes) -> Callable[[Floats], tuple[npt.NDArray[np.generic], ...]]:
        compiled = core.compile_model(core.read_model(model), "CPU", settings)
        outputs = tuple(compiled.outputs)

        def run(image: Floats) -> tuple[npt.NDArray[np.generic], ...]:
            answer = compiled([image])
            return tuple(answer[output] for output in outputs)

        return run

    precision = str(core.get_property("CPU", "INFERENCE_PRECISION_HINT")).strip("<>").split("'")[-2]
    return _Runtime(f"openvino-{importlib.metadata.version('openvino')}-{precision}", load_network)


def _onnxruntime() -> _Runtime:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False  # the arena keeps the largest page for ever

    def load_network(model: bytes) -> Callable[[Floats], tuple[npt.NDArray[np.generic], ...]]:
        session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        return lambda image: tuple(session.run(None, {"x": image}))

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
