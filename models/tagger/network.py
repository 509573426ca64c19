"""The network that the recipe trains: MiniLM's layers, and a linear head a question asked of every word or pair of words."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

# MiniLM-L6-H384-uncased (Wang et al., 2020), as sentence-transformers/all-MiniLM-L6-v2 has it.
LAYERS, SIZE, HEADS, INNER = 6, 384, 12, 1536
START = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
SHAPES = 5
# Numbers by which a trigger and the words that may belong to it are compared, a relation, and those they are worked out from.
BOND, BOND_INNER = 64, 256
DROPOUT, HEAD_DROPOUT = 0.1, 0.2
EPSILON = 1e-12
NAMES = {
    "query": "attention.self.query", "key": "attention.self.key", "value": "attention.self.value", "out": "attention.output.dense",
    "norm": "attention.output.LayerNorm", "wide": "intermediate.dense", "narrow": "output.dense", "last": "output.LayerNorm",
}  # fmt: skip


class Said(NamedTuple):
    """Scores: of each head's classes a piece (row, piece, class), and of relations (trigger, relation, piece of its row)."""

    classes: dict[str, Tensor]
    relations: Tensor


class Layer(nn.Module):
    """One layer of a transformer as BERT has it."""

    def __init__(self) -> None:
        super().__init__()
        self.query, self.key, self.value, self.out = (nn.Linear(SIZE, SIZE) for _ in range(4))
        self.norm, self.last = (nn.LayerNorm(SIZE, eps=EPSILON) for _ in range(2))
        self.wide, self.narrow = nn.Linear(SIZE, INNER), nn.Linear(INNER, SIZE)
        self.dropout = nn.Dropout(DROPOUT)

    def forward(self, x: Tensor, hidden: Tensor) -> Tensor:
        rows, length, _ = x.shape

        def split(y: Tensor) -> Tensor:
            return y.view(rows, length, HEADS, SIZE // HEADS).transpose(1, 2)

        weights = split(self.query(x)) @ split(self.key(x)).transpose(2, 3) * (SIZE // HEADS) ** -0.5 + hidden
        seen = (weights.softmax(-1) @ split(self.value(x))).transpose(1, 2).reshape(rows, length, SIZE)
        x = self.norm(x + self.dropout(self.out(seen)))
        return self.last(x + self.dropout(self.narrow(functional.gelu(self.wide(x)))))


class Network(nn.Module):
    """Word pieces and shapes in, scores out; `classes` gives the number of classes by head."""

    def __init__(self, classes: Mapping[str, int], relations: Sequence[str]) -> None:
        super().__init__()
        self.word, self.position, self.shape = nn.Embedding(30522, SIZE), nn.Embedding(512, SIZE), nn.Embedding(SHAPES, SIZE)
        self.norm = nn.LayerNorm(SIZE, eps=EPSILON)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.heads = nn.ModuleDict({name: nn.Linear(SIZE, count) for name, count in classes.items()})
        self.trigger, self.told = (
            nn.Sequential(nn.Linear(SIZE, BOND_INNER), nn.GELU(), nn.Linear(BOND_INNER, BOND * len(relations))) for _ in range(2)
        )
        self.bias = nn.Parameter(torch.full((len(relations), 1, 1), -3.0))
        self.dropout, self.head_dropout = nn.Dropout(DROPOUT), nn.Dropout(HEAD_DROPOUT)
        nn.init.zeros_(self.shape.weight)

    def forward(self, pieces: Tensor, shapes: Tensor, there: Tensor, rows: Tensor, triggers: Tensor) -> Said:
        """Read rows of pieces; `there` is 0 where a row is only filled up. Each of `triggers` is a piece, of the row in `rows`."""
        x = self.word(pieces) + self.position.weight[: pieces.shape[1]] + self.shape(shapes)
        x = self.dropout(self.norm(x))
        hidden = (there.to(x.dtype) - 1)[:, None, None, :] * 1e4
        for layer in self.layers:
            x = layer(x, hidden)
        x = self.head_dropout(x)
        a = self.trigger(x[rows, triggers]).unflatten(-1, (-1, BOND, 1))
        b = self.told(x).unflatten(-1, (-1, BOND)).transpose(1, 2)
        relations = (b[rows] @ a).squeeze(-1) * BOND**-0.5 + self.bias[:, :, 0]
        return Said({name: head(x) for name, head in self.heads.items()}, relations)

    def start_from(self, path: Path) -> None:
        """Take over MiniLM's weights; the heads stay as they are. Raises ValueError where the file is another than the pinned one."""
        if (found := hashlib.sha256(path.read_bytes()).hexdigest()) != START:
            raise ValueError(f"{path} has sha256 {found}, not {START}; README.md beside this recipe says where the right one comes from")
        saved = load_file(path)
        own = {"word.weight": saved["embeddings.word_embeddings.weight"]}
        own["position.weight"] = saved["embeddings.position_embeddings.weight"] + saved["embeddings.token_type_embeddings.weight"][0]
        for kind in ("weight", "bias"):
            own[f"norm.{kind}"] = saved[f"embeddings.LayerNorm.{kind}"]
            for n in range(LAYERS):
                own |= {f"layers.{n}.{mine}.{kind}": saved[f"encoder.layer.{n}.{theirs}.{kind}"] for mine, theirs in NAMES.items()}
        self.load_state_dict(own, strict=False)
