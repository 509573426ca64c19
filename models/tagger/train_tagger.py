"""Fine-tune the tagger from annotated entries and write `tagger.onnx` and `tagger.json` beside this file.

    python models/tagger/train_tagger.py --start FOLDER/model.safetensors [--gold ../shared/gold/train] [--fold 0 --out FOLDER]

`--start` is MiniLM's weights (README.md beside this file says where they come from; another file is refused). Reads the invented entries
of `models/invented`, and those of the folder `--gold` where it is given. With `--fold`, one part of the entries is left out and its tags
are written to `--out`: what later models learn from must be as good as in text that the tagger has not seen.
"""

from __future__ import annotations

import argparse
import json
import math
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
from network import Network, Said
from samples import INVENTED, RELATIONS, Sample, names_of, read_samples, read_vocabulary
from torch import Tensor
from torch.nn import functional
from unseen import write_unseen

from pipeline.tags import Tagger

HERE = Path(__file__).resolve().parent
EPOCHS, BATCH = 12, 8
RATE, HEAD_RATE, DECAY = 2e-4, 1e-3, 0.01
WARM = 0.1
# How much each question counts in the loss: set by hand, so that none drowns the others.
SHARE = {"event": 4.0, "actor": 2.0, "figure": 2.0, "realis": 0.3, "scope": 1.0}
RELATED = 0.3
INVENTED_WEIGHT = 0.7
NOT_ASKED = -100


class Batch:
    """Samples of like length, filled up to one: their answers, and of each trigger what belongs to it among what is asked of."""

    def __init__(self, samples: Sequence[Sample], names: dict[str, list[str]]) -> None:
        self.samples = samples
        longest = max(len(sample.window.pieces) for sample in samples)

        def filled(rows: Sequence[Sequence[int]], filler: int) -> Tensor:
            return torch.tensor([[*row, *[filler] * (longest - len(row))] for row in rows])

        self.pieces = filled([sample.window.pieces for sample in samples], 0)
        self.shapes = filled([sample.window.shapes for sample in samples], 4)
        self.there = filled([[1] * len(sample.window.pieces) for sample in samples], 0)
        self.weights = torch.tensor([sample.weight for sample in samples])
        self.answers = {name: filled([_answers(sample, name, labels) for sample in samples], NOT_ASKED) for name, labels in names.items()}

        bonds = [(row, sample, i) for row, sample in enumerate(samples) for i in sample.related]
        self.rows = torch.tensor([row for row, _, _ in bonds], dtype=torch.long)
        self.triggers = torch.tensor([sample.window.at[i] for _, sample, i in bonds], dtype=torch.long)
        self.related = torch.zeros(len(bonds), len(RELATIONS), longest)
        self.asked = torch.zeros(len(bonds), 1, longest)
        for n, (_, sample, i) in enumerate(bonds):
            self.asked[n, 0, list(sample.window.at.values())] = 1
            for relation, name in enumerate(RELATIONS):
                self.related[n, relation, [sample.window.at[k] for k in sample.related[i][name]]] = 1


def _answers(sample: Sample, name: str, labels: Sequence[str]) -> list[int]:
    asked = name in {"event", "actor", "figure"}
    out = [NOT_ASKED] * len(sample.window.pieces)
    for i, at in sample.window.at.items():
        label = sample.classes[name].get(i)
        if label is not None or asked:
            out[at] = labels.index(label) if label is not None and label in labels else 0
    return out


def loss(said: Said, batch: Batch) -> Tensor:
    """Return how far the scores are from the answers."""
    total = torch.zeros(())
    for name, share in SHARE.items():
        scores, truth = said.classes[name].float(), batch.answers[name]
        each = functional.cross_entropy(scores.flatten(0, 1), truth.flatten(), ignore_index=NOT_ASKED, reduction="none")
        total = total + share * (each.view(truth.shape) * batch.weights[:, None]).sum() / max(1, int((truth != NOT_ASKED).sum()))
    if not len(batch.rows):
        return total
    each = functional.binary_cross_entropy_with_logits(said.relations.float(), batch.related, reduction="none") * batch.asked
    return total + RELATED * (each.sum((1, 2)) * batch.weights[batch.rows]).mean()


def fit(samples: Sequence[Sample], names: dict[str, list[str]], start: Path, epochs: int) -> Network:
    """Return the network learned from the samples; the same ones give the same numbers on one machine."""
    torch.manual_seed(1)
    chance = random.Random(1)
    network = Network({name: len(labels) for name, labels in names.items()}, RELATIONS)
    network.start_from(start)
    network.word.weight.requires_grad_(False)
    heads = [p for name, p in network.named_parameters() if name.startswith(("heads", "trigger", "told", "bias"))]
    known = {id(p) for p in heads}
    body = [p for p in network.parameters() if id(p) not in known and p.requires_grad]
    best = torch.optim.AdamW([{"params": body, "lr": RATE}, {"params": heads, "lr": HEAD_RATE}], weight_decay=DECAY)
    steps = math.ceil(epochs * sum(sample.share for sample in samples) / BATCH)
    slope = torch.optim.lr_scheduler.LambdaLR(best, lambda n: max(0.0, min((n + 1) / (WARM * steps), (steps - n) / ((1 - WARM) * steps))))
    for epoch in range(epochs):
        network.train()
        losses = []
        for batch in batches(samples, names, chance):
            with torch.autocast("cpu", dtype=torch.bfloat16):
                said = network(batch.pieces, batch.shapes, batch.there, batch.rows, batch.triggers)
            off = loss(said, batch)
            best.zero_grad()
            off.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            best.step()
            slope.step()
            losses.append(off.item())
        print(f"epoch {epoch + 1} of {epochs}: loss {sum(losses) / len(losses):.4f}", flush=True)
    network.eval()
    return network


def batches(samples: Sequence[Sample], names: dict[str, list[str]], chance: random.Random) -> Iterator[Batch]:
    """Yield an epoch's samples in batches of like length, in random order."""
    drawn = [sample for sample in samples if chance.random() < sample.share]
    order = sorted(drawn, key=lambda sample: len(sample.window.pieces) + chance.random() * 40)
    groups = [order[n : n + BATCH] for n in range(0, len(order), BATCH)]
    chance.shuffle(groups)
    for group in groups:
        yield Batch(group, names)


def main() -> None:
    """Train, and write the tagger, or with `--fold` the tags of the part left out."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--start", type=Path, required=True, help="MiniLM's model.safetensors")
    parser.add_argument("--gold", type=Path, help="folder of annotated real entries; without it the invented ones alone are used")
    parser.add_argument("--out", type=Path, default=HERE, help="folder that is written to")
    parser.add_argument("--folds", type=int, default=3)
    parser.add_argument("--fold", type=int, help="leave out this part, from 0")
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    args = parser.parse_args()
    torch.set_num_threads(1)
    vocabulary = read_vocabulary()
    entries = read_samples(args.gold, 1.0, vocabulary) if args.gold else {}
    entries |= read_samples(INVENTED, INVENTED_WEIGHT, vocabulary)
    names = names_of(list(entries.values()))
    keys = [key for n, key in enumerate(entries) if args.fold is None or n % args.folds != args.fold]
    network = fit([sample for key in keys for sample in entries[key]], names, args.start, args.epochs)
    write(network, names, args.out)
    if args.fold is not None:
        left = [(key, [sample.window for sample in samples]) for key, samples in entries.items() if key not in set(keys)]
        write_unseen(left, Tagger.of(args.out), args.out / "unseen.jsonl")


def write(network: Network, names: dict[str, list[str]], out: Path) -> None:
    """Write the network and what its answers mean to the folder `out`, as `pipeline.tags.Tagger` reads them."""
    from export import export

    export(network, out / "tagger.onnx")
    said = {"classes": names, "relations": RELATIONS, "bias": [round(number, 4) for number in network.bias.flatten().tolist()]}
    (out / "tagger.json").write_text(json.dumps(said) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
