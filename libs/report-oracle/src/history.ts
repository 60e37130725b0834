import { isDeepStrictEqual } from 'node:util';

/** What something was, change by change, in the order of the log. Times are milliseconds since 1970. */
export class History<Value> {
  private readonly changes: { readonly at: number; readonly value: Value }[] = [];

  constructor(
    private readonly since: number,
    private readonly first: Value,
  ) {}

  /** A change to the same is none. */
  push(at: number, value: Value): void {
    if (!isDeepStrictEqual(value, this.now)) this.changes.push({ at, value });
  }

  get now(): Value {
    const last = this.changes.at(-1);
    return last ? last.value : this.first;
  }

  /** What it was before the first change that came later than this; undefined for a time at which it was not there. */
  asOf(time: number): Value | undefined {
    if (this.since > time) return undefined;
    const later = this.changes.findIndex(({ at }) => at > time);
    const before = later < 0 ? this.changes : this.changes.slice(0, later);
    return before.length > 0 ? before.at(-1)?.value : this.first;
  }
}
