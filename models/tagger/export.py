"""A trained network as a file that onnxruntime reads: weights as whole numbers of seven bits, the same on every processor."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from network import BOND, HEADS, SIZE, Network
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn


class Reader(nn.Module):
    """The network for one row of pieces: scores of all heads side by side, and the two sides of the relations."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, pieces: Tensor, shapes: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        n = self.network
        length = pieces.shape[0]
        x = n.norm(n.word(pieces) + n.position.weight[:length] + n.shape(shapes))
        for layer in n.layers:
            q, k, v = (part(x).view(length, HEADS, SIZE // HEADS).transpose(0, 1) for part in (layer.query, layer.key, layer.value))
            weights = (q @ k.transpose(1, 2) * (SIZE // HEADS) ** -0.5).softmax(-1)
            x = layer.norm(x + layer.out((weights @ v).transpose(0, 1).reshape(length, SIZE)))
            x = layer.last(x + layer.narrow(nn.functional.gelu(layer.wide(x))))
        return torch.cat([head(x) for head in n.heads.values()], dim=-1), n.trigger(x) * BOND**-0.5, n.told(x)


def export(network: Network, path: Path) -> None:
    """Write the network to `path`."""
    pieces = torch.randint(1000, 2000, (37,))
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        length = torch.export.Dim("length", min=3, max=512)
        program = torch.onnx.export(
            Reader(network).eval(), (pieces, torch.zeros_like(pieces)), input_names=["pieces", "shapes"],
            output_names=["scores", "trigger", "told"], dynamic_shapes=({0: length}, {0: length}), dynamo=True,
        )  # fmt: skip
        model = program.model_proto
        # The exporter's notes on inner shapes go stale once constants are turned: onnx finds them anew.
        del model.graph.value_info[:]
        onnx.save(model, whole)
        quantize_dynamic(
            whole, path, op_types_to_quantize=["MatMul", "Gemm"], per_channel=True, reduce_range=True, weight_type=QuantType.QInt8
        )
    model = onnx.load(path)
    shrink_words(model.graph, network.word.weight.shape)
    onnx.checker.check_model(model)
    onnx.save(model, path)


def shrink_words(graph: onnx.GraphProto, size: tuple[int, ...]) -> None:
    """Write the vectors of the pieces as whole numbers with a scale a piece: one scale for all costs a point of F1."""
    held = next(item for item in graph.initializer if tuple(item.dims) == tuple(size))
    gather = next(node for node in graph.node if node.op_type == "Gather" and node.input[0] == held.name)
    vectors = numpy_helper.to_array(held)
    scale = np.maximum(np.abs(vectors).max(axis=1, keepdims=True), 1e-9) / 127
    graph.initializer.remove(held)
    graph.initializer.extend(
        [
            numpy_helper.from_array(np.round(vectors / scale).astype(np.int8), "word_numbers"),
            numpy_helper.from_array(scale.astype(np.float32), "word_scale"),
        ]
    )
    at = list(graph.node).index(gather)
    (out,) = gather.output
    nodes = [
        helper.make_node("Gather", ["word_numbers", gather.input[1]], ["word_whole"]),
        helper.make_node("Cast", ["word_whole"], ["word_float"], to=TensorProto.FLOAT),
        helper.make_node("Gather", ["word_scale", gather.input[1]], ["word_size"]),
        helper.make_node("Mul", ["word_float", "word_size"], [out]),
    ]
    graph.node.remove(gather)
    for n, node in enumerate(nodes):
        graph.node.insert(at + n, node)
