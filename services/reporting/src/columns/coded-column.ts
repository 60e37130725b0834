import type { Coded } from '../domain/columns.js';

/** What a value is told apart by. */
type Key = string | number | boolean | null | undefined;

/** A column that grows and changes; every distinct value is kept once. Rows that were never set hold the first value. */
export class CodedColumn<Value> implements Coded<Value> {
  codes: Uint32Array = new Uint32Array(0);
  readonly values: Value[];
  private readonly codeOf = new Map<Key, number>();

  /**
   * @param absent what rows hold that were never set
   * @param keyOf equal for equal values
   */
  constructor(
    absent: Value,
    private readonly keyOf: (value: Value) => Key,
  ) {
    this.values = [absent];
    this.codeOf.set(keyOf(absent), 0);
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
    const key = this.keyOf(value);
    let code = this.codeOf.get(key);
    if (code === undefined) {
      code = this.values.length;
      this.values.push(value);
      this.codeOf.set(key, code);
    }
    this.codes[row] = code;
  }

  /** Copies what such a column holds; whatever it is, the format of what was kept says that it is of this one. */
  fill({ codes, values }: Coded<unknown>): void {
    this.codes = codes.slice();
    for (const value of values.slice(1) as Value[]) {
      this.codeOf.set(this.keyOf(value), this.values.length);
      this.values.push(value);
    }
  }

  clear(row: number): void {
    this.codes[row] = 0;
  }

  /** Roughly, in memory. */
  get bytes(): number {
    return this.codes.byteLength + this.values.length * bytesOfValue;
  }
}

/** A short text or a small object, its key and its place in the dictionary. */
const bytesOfValue = 200;

export const byItself = <Value extends Key>(value: Value): Key => value;
export const byJson = (value: unknown): Key => JSON.stringify(value);
