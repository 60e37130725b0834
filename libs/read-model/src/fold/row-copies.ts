import type { Row, RowCopy } from '../port.js';
import type { CachedRow, RowCache } from './row-cache.js';

/** A copy that an event asks for, with its rows as texts that are equal for the same row. */
export interface WantedCopy {
  readonly cache: RowCache;
  readonly copy: RowCopy;
  readonly from: string;
  readonly to: string;
}

/** Both rows of a copy, in memory. */
export interface HeldCopy {
  readonly source: CachedRow;
  readonly target: CachedRow;
}

/** What a copy leads to: of a held one the row, and of another what the table is to change. */
export type MadeCopy =
  | { readonly cache: RowCache; readonly target: CachedRow; readonly row: Row | undefined }
  | { readonly cache: RowCache; readonly inTable: RowCopy };

/** @throws HarmonyError for a key that the table cannot hold. */
export function wantedCopy(cache: RowCache, copy: RowCopy): WantedCopy {
  const textOf = (key: readonly string[]): string => `${cache.table.name} ${cache.textOf(key)}`;
  return { cache, copy, from: textOf(copy.from), to: textOf(copy.to) };
}

/** Those that the table can make in one statement at the end: nothing else here has to do with either of their rows. */
export function copiesForTable(wanted: readonly WantedCopy[]): ReadonlySet<WantedCopy> {
  const sources = new Set(wanted.map(({ from }) => from));
  const targets = new Map<string, number>();
  for (const { to } of wanted) targets.set(to, (targets.get(to) ?? 0) + 1);
  const isApart = ({ cache, copy, from, to }: WantedCopy): boolean =>
    !cache.has(copy.from) && !cache.has(copy.to) && targets.get(to) === 1 && !targets.has(from) && !sources.has(to);
  return new Set(wanted.filter(isApart));
}

/** @throws HarmonyError for what the table cannot hold. */
export function makeCopy({ cache, copy }: WantedCopy, held: HeldCopy | undefined): MadeCopy {
  const changes = cache.canonicalChanges(copy);
  if (!held) return { cache, inTable: { ...copy, changes } };
  const { source, target } = held;
  return { cache, target, row: source.row ? { ...source.row, ...changes } : target.row };
}
