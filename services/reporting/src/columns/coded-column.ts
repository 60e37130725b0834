import type { Coded } from '../domain/columns.js';
import type { Pace } from './pace.js';

/** What a value is told apart by. */
type Key = string | number | boolean | null | undefined;

/** What the codes of a column stand for. It only grows, so that columns which are copies of each other share one. */
class Dictionary<Value> {
  readonly values: Value[];
  private readonly codes = new Map<Key, number>();

  constructor(
    absent: Value,
    private readonly keyOf: (value: Value) => Key,
  ) {
    this.values = [absent];
    this.codes.set(keyOf(absent), 0);
  }

  codeOf(value: Value): number {
    const key = this.keyOf(value);
    const known = this.codes.get(key);
    if (known !== undefined) return known;
    const code = this.values.length;
    this.values.push(value);
    this.codes.set(key, code);
    return code;
  }
}

/** A column that grows and changes; every distinct value is kept once. Rows that were never set hold the first value. */
export class CodedColumn<Value> implements Coded<Value> {
  codes: Uint32Array = new Uint32Array(0);
  private dictionary: Dictionary<Value>;

  /**
   * @param absent what rows hold that were never set
   * @param keyOf equal for equal values
   */
  constructor(absent: Value, keyOf: (value: Value) => Key) {
    this.dictionary = new Dictionary(absent, keyOf);
  }

  /** The same array for a column and its copies, which what is derived from values can be kept with. */
  get values(): readonly Value[] {
    return this.dictionary.values;
  }

  /** Makes room, so that every row below has a code. */
  grow(rows: number): void {
    if (rows <= this.codes.length) return;
    const larger = new Uint32Array(rows);
    larger.set(this.codes);
    this.codes = larger;
  }

  /** The row must have room. */
  set(row: number, value: Value): void {
    this.codes[row] = this.dictionary.codeOf(value);
  }

  /**
   * Copies what such a column holds; whatever it is, the format of what was kept says that it is of this one. The
   * dictionary of another column is shared where that one still needs most of it, and else left behind.
   */
  async fill(other: Coded<unknown>, pace: Pace): Promise<void> {
    const used = usedCodes(other);
    if (other instanceof CodedColumn && used.count * 2 >= other.values.length) {
      this.dictionary = other.dictionary as Dictionary<Value>;
      this.codes = other.codes.slice();
      return;
    }
    const values = other.values as readonly Value[];
    const places = new Uint32Array(values.length);
    for (const [code, value] of values.entries()) {
      if (used.isUsed[code]) places[code] = this.dictionary.codeOf(value);
      if (pace.isDue) await pace.rest();
    }
    this.codes = other.codes.map((code) => places[code] ?? 0);
  }

  clear(row: number): void {
    this.codes[row] = 0;
  }

  /** Roughly, in memory; what copies share is counted for each of them. */
  get bytes(): number {
    return this.codes.byteLength + this.values.length * bytesOfValue;
  }
}

function usedCodes({ codes, values }: Coded<unknown>): { readonly isUsed: Uint8Array; readonly count: number } {
  const isUsed = new Uint8Array(values.length);
  let count = 0;
  for (const code of codes) {
    if (isUsed[code] === 0) count += 1;
    isUsed[code] = 1;
  }
  return { isUsed, count };
}

/** A short text or a small object, its key and its place in the dictionary. */
const bytesOfValue = 200;

export const byItself = <Value extends Key>(value: Value): Key => value;
export const byJson = (value: unknown): Key => JSON.stringify(value);
