"""The graphs of the PP-OCR networks, trimmed before they are made ready to run.

Separate because it knows ONNX and nothing of pages. What a Japanese page in grey does not need is taken out: two of
three colour channels, Chinese characters, and the last doubling of the detector's map.
"""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
from onnx import GraphProto, ModelProto, NodeProto, TensorProto, helper, load_from_string, numpy_helper

Floats = npt.NDArray[np.float32]

#: Characters outside CP932 that a Japanese page has all the same.
_ALSO = frozenset("〜−‖¥€—–•")


def trim_detector(network: bytes) -> bytes:
    """N×3×H×W → N×1×H×W becomes N×1×H×W → N×1×H/2×W/2: line boxes need no more, a fifth of the time goes."""
    model = load_from_string(network)
    _take_grey(model)
    if [node.op_type for node in _way_back(model.graph)] == _TAIL:
        _halve(model.graph)
    return bytes(model.SerializeToString())


def trim_recogniser(network: bytes, *, japanese_only: bool) -> tuple[bytes, tuple[str, ...]]:
    """Cut the output layer to the characters wanted; returns the network and its characters, 0 the CTC blank.

    With the characters of CP932 alone a Chinese look-alike (对 for 対) cannot come out of a Japanese page.
    """
    model = load_from_string(network)
    _take_grey(model)
    listed = next(entry.value for entry in model.metadata_props if entry.key == "character")
    characters = ("", *listed.split("\n"), " ")
    keep = [i for i, c in enumerate(characters) if not japanese_only or _is_japanese(c)]
    for tensor in model.graph.initializer:
        if tensor.dims and tensor.dims[-1] == len(characters):
            _replace(tensor, numpy_helper.to_array(tensor)[..., keep])
    return bytes(model.SerializeToString()), tuple(characters[i] for i in keep)


def _is_japanese(character: str) -> bool:
    try:
        character.encode("cp932")
    except UnicodeEncodeError:
        return character in _ALSO
    return True


def _take_grey(model: ModelProto) -> None:
    """Let the first convolution see one channel: with three equal ones its weights add up."""
    graph = model.graph
    (first,) = (node for node in graph.node if graph.input[0].name in node.input)
    weights = next(tensor for tensor in graph.initializer if tensor.name == first.input[1])
    _replace(weights, numpy_helper.to_array(weights).sum(axis=1, keepdims=True))
    graph.input[0].type.tensor_type.shape.dim[1].dim_value = 1


_TAIL = ["Sigmoid", "Add", "ConvTranspose", "Relu", "Add", "ConvTranspose"]


def _way_back(graph: GraphProto) -> Iterator[NodeProto]:
    """The last nodes before the output, last first."""
    makers = {output: node for node in graph.node for output in node.output}
    name = graph.output[0].name
    for _ in _TAIL:
        node = makers[name]
        while node.op_type == "Identity":
            node = makers[node.input[0]]
        yield node
        name = node.input[0]


def _halve(graph: GraphProto) -> None:
    """End the map at half its size.

    Both doublings are 2×2 at stride 2, so that each quarter of a pixel is a 1×1 convolution of its own: the first
    becomes one with four times the channels, the second one that gives the mean of its four scores.
    """
    _, add_last, last, _, add_first, first = _way_back(graph)
    source = first.input[0]
    kernel, bias = _constant(graph, first.input[1]), _constant(graph, add_first.input[1]).ravel()
    end, end_bias = _constant(graph, last.input[1])[:, 0].mean(axis=(1, 2)), _constant(graph, add_last.input[1]).ravel()
    del graph.node[list(graph.node).index(first) :]
    tensors = {
        "quarters": np.concatenate([kernel[:, :, i, j].T for i in (0, 1) for j in (0, 1)])[..., None, None],
        "quarters_bias": np.tile(bias, 4),
        "scores": np.kron(np.eye(4), end)[..., None, None],
        "scores_bias": np.tile(end_bias, 4),
    }
    graph.initializer.extend(
        numpy_helper.from_array(np.ascontiguousarray(array, np.float32), name) for name, array in tensors.items()
    )
    graph.node.extend(
        [
            helper.make_node("Conv", [source, "quarters", "quarters_bias"], ["quarter_maps"]),
            helper.make_node("Relu", ["quarter_maps"], ["quarter_maps_cut"]),
            helper.make_node("Conv", ["quarter_maps_cut", "scores", "scores_bias"], ["quarter_scores"]),
            helper.make_node("Sigmoid", ["quarter_scores"], ["quarter_chances"]),
            helper.make_node("DepthToSpace", ["quarter_chances"], ["chances"], blocksize=2),
        ]
    )
    del graph.output[:]
    graph.output.append(helper.make_tensor_value_info("chances", TensorProto.FLOAT, None))
    _forget_unused(graph)


def _constant(graph: GraphProto, name: str) -> Floats:
    makers = {output: node for node in graph.node for output in node.output}
    while name in makers:
        name = makers[name].input[0]
    tensor = next(tensor for tensor in graph.initializer if tensor.name == name)
    return np.asarray(numpy_helper.to_array(tensor), np.float32)


def _forget_unused(graph: GraphProto) -> None:
    used = {name for node in graph.node for name in node.input}
    kept = [tensor for tensor in graph.initializer if tensor.name in used]
    del graph.initializer[:]
    graph.initializer.extend(kept)


def _replace(tensor: TensorProto, array: npt.NDArray[np.generic]) -> None:
    tensor.CopyFrom(numpy_helper.from_array(np.ascontiguousarray(array), tensor.name))
