import type { Row, RowCopy } from '../port.js';
import { sizeOf } from './column.js';
import { canonicalRow, type CompiledTable } from './compiled-table.js';

/** A row in memory: what it is now, what is known of the one in the table, whether the two may differ. */
export interface CachedRow {
  readonly key: readonly string[];
  row: Row | undefined;
  /** Whether the table has one under this key; undefined while nobody has looked. */
  stored: boolean | undefined;
  changed: boolean;
  /** Of the row as it is now, about. */
  bytes: number;
}

/** What a row takes beside its values. */
const bytesAround = 250;

// Postgres text cannot hold this character, so that no two keys meet in one text.
const separator = '\u0000';

/** The rows of one table that the current batch, or the current replay, has touched. */
export class RowCache {
  private readonly rows = new Map<string, CachedRow>();
  private unknown: CachedRow[] = [];
  private totalBytes = 0;
  /** For the table to make, from rows that are not here to ones that are not here either. */
  readonly copies: RowCopy[] = [];

  /** @param complete true while the table is known to hold nothing but what is here. */
  constructor(
    readonly table: CompiledTable,
    private complete: boolean,
  ) {}

  /** Memory that the rows take, about. */
  get bytes(): number {
    return this.totalBytes;
  }

  /** The row under a key, which may have to be loaded first: see {@link takeUnknown}. */
  touch(given: readonly string[]): CachedRow {
    const cached = this.replace(given);
    if (cached.stored === undefined) {
      cached.stored = false;
      this.unknown.push(cached);
    }
    return cached;
  }

  /** The same for whoever does not ask what the row was. */
  replace(given: readonly string[]): CachedRow {
    const asGiven = this.rows.get(keyText(given));
    if (asGiven) return asGiven;
    const key = this.canonicalKey(given);
    const text = keyText(key);
    const known = this.rows.get(text);
    if (known) return known;
    const stored = this.complete ? false : undefined;
    const cached: CachedRow = { key, row: undefined, stored, changed: false, bytes: bytesAround };
    this.rows.set(text, cached);
    this.totalBytes += bytesAround;
    return cached;
  }

  /** Whether somebody has touched the row under a key. */
  has(given: readonly string[]): boolean {
    return this.rows.has(this.textOf(given));
  }

  /** The same for all ways to write a key. */
  textOf(given: readonly string[]): string {
    return keyText(this.canonicalKey(given));
  }

  /** Rows of which nothing is known yet; the caller loads them. */
  takeUnknown(): readonly CachedRow[] {
    const { unknown } = this;
    this.unknown = [];
    return unknown;
  }

  /** Takes in what the table holds under a key. */
  remember(key: readonly string[], row: Row): void {
    const cached = this.rows.get(keyText(key));
    if (!cached) return;
    this.put(cached, canonicalRow(this.table, row));
    cached.stored = true;
  }

  /**
   * What a copy has instead, as the table will give it back.
   * @throws HarmonyError for what the table cannot hold.
   */
  canonicalChanges(copy: RowCopy): Row {
    const { columns, key } = this.table;
    const given: Row = { ...copy.changes, ...Object.fromEntries(key.map(({ name }, index) => [name, copy.to[index]])) };
    return Object.fromEntries(
      columns.filter(({ name }) => name in given).map(({ name, canonical }) => [name, canonical(given[name])]),
    );
  }

  /** @throws HarmonyError for a row that the table cannot hold. */
  canonical(cached: CachedRow, row: Row | undefined): Row | undefined {
    return row && row !== cached.row ? canonicalRow(this.table, row, cached.row) : row;
  }

  change(cached: CachedRow, row: Row | undefined): void {
    if (row === cached.row && cached.stored !== undefined) return;
    this.put(cached, row);
    cached.changed = true;
  }

  private put(cached: CachedRow, row: Row | undefined): void {
    cached.row = row;
    this.totalBytes -= cached.bytes;
    cached.bytes = bytesAround;
    if (row) for (const { name } of this.table.columns) cached.bytes += sizeOf(row[name]);
    this.totalBytes += cached.bytes;
  }

  /** What must be written, and nothing for a row that came and went unseen. */
  changes(): CachedRow[] {
    return [...this.rows.values()].filter(
      ({ changed, row, stored }) => changed && (row !== undefined || stored !== false),
    );
  }

  /** The rows that the table has never seen; the caller writes them, and they count as written. */
  takeAdded(): Row[] {
    const added: Row[] = [];
    for (const cached of this.rows.values()) {
      if (!cached.changed || cached.stored || !cached.row) continue;
      added.push(cached.row);
      cached.changed = false;
      cached.stored = true;
    }
    return added;
  }

  /** Everything is written. */
  settle(): void {
    for (const cached of this.rows.values()) {
      cached.changed = false;
      cached.stored = cached.row !== undefined;
    }
  }

  /** Forgets all rows, which must be settled; from now on the table holds more than what is here. */
  empty(): void {
    this.rows.clear();
    this.totalBytes = 0;
    this.complete = false;
  }

  /** As Postgres gives it back: ids in lower case. */
  private canonicalKey(key: readonly string[]): readonly string[] {
    return this.table.key.map((column, index) => String(column.canonical(key[index])));
  }
}

const keyText = (key: readonly string[]): string => (key.length === 1 ? String(key[0]) : key.join(separator));
