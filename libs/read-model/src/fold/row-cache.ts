import type { Row } from '../port.js';
import { canonicalKey, canonicalRow, type CompiledTable } from './compiled-table.js';

/** A row in memory: what it is now, whether the table has one under this key, whether the two differ. */
export interface CachedRow {
  readonly key: readonly string[];
  row: Row | undefined;
  stored: boolean;
  changed: boolean;
}

// Postgres text cannot hold this character, so that no two keys meet in one text.
const separator = '\u0000';

/** The rows of one table that the current batch, or the current replay, has touched. */
export class RowCache {
  private readonly rows = new Map<string, CachedRow>();

  /** @param complete true while the table is known to hold nothing but what is here. */
  constructor(
    readonly table: CompiledTable,
    private complete: boolean,
  ) {}

  get size(): number {
    return this.rows.size;
  }

  find(key: readonly string[]): CachedRow | undefined {
    return this.rows.get(key.length === 1 ? String(key[0]) : key.join(separator));
  }

  /** The keys that must be loaded before anything is known about their rows. */
  missing(keys: Iterable<readonly string[]>): readonly (readonly string[])[] {
    const missing = new Map<string, readonly string[]>();
    for (const key of keys) if (!this.find(key)) missing.set(key.join(separator), key);
    if (!this.complete) return [...missing.values()];
    for (const key of missing.values()) this.remember(key, undefined);
    return [];
  }

  /** Takes in what the table holds under a key; undefined for nothing. */
  remember(key: readonly string[], row: Row | undefined): void {
    const canonical = row && canonicalRow(this.table, row);
    this.rows.set(key.join(separator), { key, row: canonical, stored: row !== undefined, changed: false });
  }

  change(cached: CachedRow, row: Row | undefined): void {
    if (row === cached.row) return;
    cached.row = row && canonicalRow(this.table, row);
    cached.changed = true;
  }

  /** What must be written, and nothing for a row that came and went unseen. */
  changes(): CachedRow[] {
    return [...this.rows.values()].filter(({ changed, row, stored }) => changed && (row !== undefined || stored));
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
    this.complete = false;
  }
}

/** The keys that an event touches in a table, each once. */
export function distinctKeys(
  table: CompiledTable,
  keys: readonly (readonly string[])[],
): readonly (readonly string[])[] {
  const canonical = keys.map((key) => canonicalKey(table, key));
  if (canonical.length < 2) return canonical;
  return [...new Map(canonical.map((key) => [key.join(separator), key])).values()];
}
