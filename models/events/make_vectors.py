"""Make `vectors.npz`: the pinned language model's word vectors, cut to their main directions and to one byte a number.

    python models/events/make_vectors.py

Kept: plain lower-case words of 3 to 15 letters. 300 numbers a word become 64 (principal directions over the distinct
vectors), each scaled to unit length first, so that only direction counts. Deterministic; takes some seconds.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from pipeline.model import Model

SIZE = 64
OUT = Path(__file__).with_name("vectors.npz")


def main() -> None:
    """Write the file beside this one."""
    vocab = Model.load().nlp.vocab
    vectors = vocab.vectors
    words = sorted(
        word for word in vocab.strings
        if word.isascii() and word.isalpha() and word.islower() and 3 <= len(word) <= 15 and vocab.strings[word] in vectors.key2row
    )  # fmt: skip
    old = [vectors.key2row[vocab.strings[word]] for word in words]
    kept = sorted(set(old))
    data = vectors.data[kept].astype(np.float64)
    data /= np.maximum(np.linalg.norm(data, axis=1, keepdims=True), 1e-9)
    data -= data.mean(axis=0)
    _, _, directions = np.linalg.svd(data, full_matrices=False)
    # The sign of a principal direction is arbitrary: the largest part is made positive.
    directions *= np.sign(directions[np.arange(len(directions)), np.abs(directions).argmax(axis=1)])[:, None]
    cut = data @ directions[:SIZE].T
    cut /= np.maximum(np.linalg.norm(cut, axis=1, keepdims=True), 1e-9)
    scale = np.abs(cut).max() / 127
    rank = {row: k for k, row in enumerate(kept)}
    np.savez_compressed(
        OUT,
        words=np.frombuffer("\n".join(words).encode("ascii"), dtype=np.uint8),
        rows=np.array([rank[row] for row in old], dtype=np.uint16),
        table=np.round(cut / scale).astype(np.int8),
        scale=np.array(scale),
    )
    print(f"{OUT.name}: {len(words)} words, {len(kept)} vectors of {SIZE}, {OUT.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
