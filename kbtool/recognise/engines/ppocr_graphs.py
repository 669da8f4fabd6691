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
    _part_convolutions(model.graph)
    _join_gates(model.graph)
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
    makers = _makers(graph)
    name = graph.output[0].name
    for _ in _TAIL:
        node = _maker(makers, name)
        assert node is not None
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


def _part_convolutions(graph: GraphProto) -> None:
    """Convolve maps that lie side by side each by itself and add up: they need not be copied together first."""
    makers = _makers(graph)
    for node in [node for node in graph.node if node.op_type == "Conv"]:
        joint = _maker(makers, node.input[0])
        if joint is None or joint.op_type != "Concat":
            continue
        ends = np.cumsum([_channels(graph, makers, name) for name in joint.input])
        parts = np.split(_constant(graph, node.input[1]), ends[:-1], axis=1)
        own = [f"{node.name}.part{i}" for i in range(len(parts))]
        convolutions = [
            helper.make_node("Conv", [source, f"{name}.kernel"], [name])
            for source, name in zip(joint.input, own, strict=True)
        ]
        for convolution, weights in zip(convolutions, parts, strict=True):
            convolution.attribute.extend(node.attribute)
            graph.initializer.append(numpy_helper.from_array(np.ascontiguousarray(weights), convolution.input[1]))
        _replace_node(graph, node, [*convolutions, helper.make_node("Sum", own, node.output)])


def _join_gates(graph: GraphProto) -> None:
    """Turn x + x·gate into x·(1 + gate): the gate is one number a channel, the maps are large."""
    makers = _makers(graph)
    one = "gate_one"
    graph.initializer.append(numpy_helper.from_array(np.ones((), np.float32), one))
    for node in [node for node in graph.node if node.op_type == "Add"]:
        product, gate = _maker(makers, node.input[1]), None
        if product is not None and product.op_type == "Mul" and product.input[0] == node.input[0]:
            gate = _maker(makers, product.input[1])
        if gate is None or gate.op_type != "HardSigmoid":
            continue
        more = f"{node.name}.gate"
        widened = helper.make_node("Add", [gate.output[0], one], [more])
        _replace_node(graph, node, [widened, helper.make_node("Mul", [node.input[0], more], [node.output[0]])])


def _replace_node(graph: GraphProto, node: NodeProto, new: list[NodeProto]) -> None:
    at = list(graph.node).index(node)
    del graph.node[at]
    for i, one in enumerate(new):
        graph.node.insert(at + i, one)


def _makers(graph: GraphProto) -> dict[str, NodeProto]:
    return {output: node for node in graph.node for output in node.output}


def _maker(makers: dict[str, NodeProto], name: str) -> NodeProto | None:
    """What makes a value, nodes that only hand it on left out; None for inputs and constants."""
    node = makers.get(name)
    while node is not None and node.op_type == "Identity":
        node = makers.get(node.input[0])
    return node


def _channels(graph: GraphProto, makers: dict[str, NodeProto], name: str) -> int:
    """How many channels a map has: those of the convolution it comes from."""
    node = makers[name]
    return len(_constant(graph, node.input[1])) if node.op_type == "Conv" else _channels(graph, makers, node.input[0])


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
