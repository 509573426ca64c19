"""Numbers as text, small enough to ship by the million and quick to read back in a browser: pack() and vlq() undo `columns.js`."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Numbers = npt.NDArray[np.int64]

# 32 last digits, then 32 that say "more follows": none of them needs an escape in JavaScript.
ALPHABET = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-"
_BITS = 5
_WIDTHS = (("u8", 1 << 8), ("u16", 1 << 16), ("u32", 1 << 32))


def pack(values: Any) -> str:
    """Return whole numbers from 0 to 4,294,967,295 as "u8:...", "u16:..." or "u32:...": little-endian, in base 64.

    Raises ValueError for a number outside of that range.
    """
    import numpy as np

    numbers = np.asarray(values, dtype=np.int64)
    top = int(numbers.max(initial=0))
    if int(numbers.min(initial=0)) < 0 or top >= _WIDTHS[-1][1]:
        raise ValueError(f"numbers must lie between 0 and {_WIDTHS[-1][1] - 1}; got {int(numbers.min())} to {top}")
    name = next(name for name, limit in _WIDTHS if top < limit)
    return f"{name}:{base64.b64encode(numbers.astype(f'<u{int(name[1:]) // 8}').tobytes()).decode()}"


def vlq(values: Numbers) -> tuple[bytes, Numbers]:
    """Return whole numbers from 0 on in digits of base 32, least first, and the offset of each number's first digit, with the end."""
    import numpy as np

    digits = np.ones(len(values), dtype=np.int64)
    rest = values >> _BITS
    while rest.any():
        digits += rest > 0
        rest >>= _BITS
    offsets = np.concatenate(([0], np.cumsum(digits)))
    out = np.zeros(int(offsets[-1]), dtype=np.uint8)
    letters = np.frombuffer(ALPHABET, dtype=np.uint8)
    for place in range(int(digits.max(initial=0))):
        there = digits > place
        digit = (values[there] >> (_BITS * place)) & 31
        out[offsets[:-1][there] + place] = letters[digit + 32 * (digits[there] > place + 1)]
    return out.tobytes(), offsets
