/**
 * The part of CBOR that a credential is written in, with one spelling for each value (RFC 8949 4.2.1): integers and
 * lengths below 2^32 in their shortest form, definite strings, arrays, and maps with ascending unsigned keys. No tag,
 * float, simple value or indefinite length.
 *
 * The reader is driven by what the caller expects next, so it builds no tree, cannot recurse deeper than the format
 * does, and reads nothing before its size is known to be allowed. A general decoder would have to be fenced in on all
 * of these sides first (and costs five times as much).
 */

import { sameBytes } from './p256.ts';

/** Why bytes are not what the encoder makes: not of the right shape, or well-formed and spelled otherwise. */
export type EncodingFault = 'malformed' | 'not-canonical';

/** Thrown by the reader and caught by the functions that hand out faults; it never leaves this package. */
export class UnreadableBytes extends Error {
  readonly fault: EncodingFault;

  constructor(fault: EncodingFault) {
    super(fault);
    this.fault = fault;
  }
}

const unsigned = 0;
const negative = 1;
const byteString = 2;
const textString = 3;
const array = 4;
const map = 5;

const utf8 = new TextEncoder();
const fatalUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** One buffer is kept between writers, because allocating it would cost more than filling it. */
let spare: Uint8Array | undefined;

/** Writes what the caller says, head by head, and is used up by `done` or `matches`. */
export class CborWriter {
  #bytes: Uint8Array;
  #at = 0;

  constructor() {
    this.#bytes = spare ?? new Uint8Array(2048);
    spare = undefined;
  }

  #need(more: number): void {
    if (this.#at + more <= this.#bytes.length) return;
    const larger = new Uint8Array((this.#at + more) * 2);
    larger.set(this.#bytes);
    this.#bytes = larger;
  }

  #release(): Uint8Array {
    if (this.#bytes.length === 2048) spare = this.#bytes;
    return this.#bytes.subarray(0, this.#at);
  }

  #head(major: number, value: number): this {
    if (!Number.isInteger(value) || value < 0 || value > 0xffffffff) throw new RangeError('not an integer below 2^32');
    this.#need(5);
    const bytes = this.#bytes;
    const top = major << 5;
    if (value < 24) bytes[this.#at++] = top | value;
    else {
      const width = value < 0x100 ? 1 : value < 0x10000 ? 2 : 4;
      bytes[this.#at++] = top | (width === 1 ? 24 : width === 2 ? 25 : 26);
      for (let shift = (width - 1) * 8; shift >= 0; shift -= 8) bytes[this.#at++] = (value >>> shift) & 0xff;
    }
    return this;
  }

  int(value: number): this {
    return value < 0 ? this.#head(negative, -1 - value) : this.#head(unsigned, value);
  }

  bytes(value: Uint8Array): this {
    return this.#head(byteString, value.length).raw(value);
  }

  text(value: string): this {
    for (let i = 0; i < value.length; i++) {
      if (value.charCodeAt(i) >= 0x80) return this.#wideText(utf8.encode(value));
    }
    this.#head(textString, value.length).#need(value.length);
    for (let i = 0; i < value.length; i++) this.#bytes[this.#at++] = value.charCodeAt(i);
    return this;
  }

  #wideText(bytes: Uint8Array): this {
    return this.#head(textString, bytes.length).raw(bytes);
  }

  /** The head of an array; its items follow. */
  array(items: number): this {
    return this.#head(array, items);
  }

  /** The head of a map; its keys follow in ascending order, each with its value. */
  map(entries: number): this {
    return this.#head(map, entries);
  }

  /** Bytes that are CBOR already. */
  raw(value: Uint8Array): this {
    this.#need(value.length);
    this.#bytes.set(value, this.#at);
    this.#at += value.length;
    return this;
  }

  done(): Uint8Array {
    return this.#release().slice();
  }

  /** What was written, without a copy: it holds until the next writer is made. */
  view(): Uint8Array {
    return this.#release();
  }

  /** True where `expected` is exactly what was written. */
  matches(expected: Uint8Array): boolean {
    return sameBytes(this.#release(), expected);
  }
}

/** Reads what the caller expects next. Every method throws `UnreadableBytes`. */
export class CborReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  #head(major: number, orMajor = major): number {
    const head = this.#bytes[this.#at++];
    if (head === undefined) throw new UnreadableBytes('malformed');
    const info = head & 31;
    // tags, floats and simple values, 64-bit heads and indefinite lengths are CBOR that nothing here is written in
    if (head >> 5 >= 6 || info === 27 || info === 31) throw new UnreadableBytes('not-canonical');
    if (info > 27 || (head >> 5 !== major && head >> 5 !== orMajor)) throw new UnreadableBytes('malformed');
    if (info < 24) return info;
    const width = 1 << (info - 24);
    if (this.#at + width > this.#bytes.length) throw new UnreadableBytes('malformed');
    let value = 0;
    for (let i = 0; i < width; i++) value = value * 256 + (this.#bytes[this.#at++] as number);
    if (value < (width === 1 ? 24 : width === 2 ? 0x100 : 0x10000)) throw new UnreadableBytes('not-canonical');
    return value;
  }

  #counted(major: number, least: number, most: number): number {
    const value = this.#head(major);
    if (value < least || value > most) throw new UnreadableBytes('malformed');
    return value;
  }

  /** An integer from `least`, which is not negative, to `most`. */
  uint(least: number, most: number): number {
    return this.#counted(unsigned, least, most);
  }

  /** An integer of either sign. */
  int(): number {
    const isNegative = (this.#bytes[this.#at] as number) >> 5 === negative;
    const value = this.#head(unsigned, negative);
    return isNegative ? -1 - value : value;
  }

  /** A byte string of `least` to `most` bytes: a view of the input, not a copy. */
  bytes(least: number, most = least): Uint8Array {
    const length = this.#counted(byteString, least, most);
    const end = this.#at + length;
    if (end > this.#bytes.length) throw new UnreadableBytes('malformed');
    const view = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return view;
  }

  /** A text of at most `most` bytes. */
  text(most: number): string {
    const end = this.#counted(textString, 0, most) + this.#at;
    if (end > this.#bytes.length) throw new UnreadableBytes('malformed');
    const view = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    if (view.every((byte) => byte < 0x80)) return String.fromCharCode(...view);
    try {
      return fatalUtf8.decode(view);
    } catch {
      throw new UnreadableBytes('malformed');
    }
  }

  array(least: number, most = least): number {
    return this.#counted(array, least, most);
  }

  /** Calls `entry` for each key of a map, in ascending order, with the reader before the value. */
  map(mostEntries: number, entry: (key: number) => void): void {
    const entries = this.#counted(map, 0, mostEntries);
    let previous = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < entries; i++) {
      const key = this.int();
      // bytewise order: unsigned keys ascend, negative ones come after them and descend
      const rank = key < 0 ? 2 ** 32 - key : key;
      if (rank <= previous) throw new UnreadableBytes('not-canonical');
      previous = rank;
      entry(key);
    }
  }

  /** Refuses bytes after the value. */
  end(): void {
    if (this.#at !== this.#bytes.length) throw new UnreadableBytes('malformed');
  }
}

/** The value that `read` makes of exactly these bytes, or the fault. */
export const readCbor = <T>(bytes: Uint8Array, read: (reader: CborReader) => T): T | EncodingFault => {
  const reader = new CborReader(bytes);
  try {
    const value = read(reader);
    reader.end();
    return value;
  } catch (error) {
    if (error instanceof UnreadableBytes) return error.fault;
    throw error;
  }
};
