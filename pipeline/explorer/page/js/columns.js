"use strict";
// Numbers as pack.py writes them.
{
  const TYPES = { u8: Uint8Array, u16: Uint16Array, u32: Uint32Array };

  // "u16:..." in base 64 as a typed array.
  CW.unpack = (text) => {
    const cut = text.indexOf(":");
    const Type = TYPES[text.slice(0, cut)];
    const raw = atob(text.slice(cut + 1));
    const bytes = new Uint8Array(raw.length);
    for (let k = 0; k < raw.length; k += 1) bytes[k] = raw.charCodeAt(k);
    if (Type === Uint8Array) return bytes;
    const view = new DataView(bytes.buffer);
    const size = Type.BYTES_PER_ELEMENT;
    const out = new Type(bytes.length / size);
    for (let k = 0; k < out.length; k += 1) out[k] = size === 2 ? view.getUint16(2 * k, true) : view.getUint32(4 * k, true);
    return out;
  };

  // Where each owner's rows begin, with the end, from how many each has.
  CW.firsts = (counts) => {
    const out = new Uint32Array(counts.length + 1);
    for (let k = 0; k < counts.length; k += 1) out[k + 1] = out[k] + counts[k];
    return out;
  };

  const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-";
  const DIGIT = new Uint8Array(128);
  for (let k = 0; k < 64; k += 1) DIGIT[ALPHABET.charCodeAt(k)] = k;

  // Digits of base 32, least first, 32 added while more follow.
  CW.vlq = (text) => {
    const out = new Int32Array(text.length);
    let size = 0;
    let value = 0;
    let shift = 0;
    for (let k = 0; k < text.length; k += 1) {
      const digit = DIGIT[text.charCodeAt(k)];
      value |= (digit & 31) << shift;
      if (digit < 32) {
        out[size] = value;
        size += 1;
        value = 0;
        shift = 0;
      } else shift += 5;
    }
    return out.subarray(0, size);
  };

  // The rank of the last of `values` (ascending) that is not above `value`; -1 where the first is.
  CW.below = (values, value) => {
    let low = 0;
    let high = values.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (values[middle] <= value) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  };
}
