import type { ProjectColumns } from './columns.js';
import type { GroupedRows } from './tally.js';

/** What every card of a report counts. */
export interface Selection {
  readonly columns: ProjectColumns;
  readonly rows: Uint32Array;
  readonly whole: GroupedRows;
  /** Null without a period before. */
  readonly before: GroupedRows | null;
  /** Null without trends. */
  readonly trend: { readonly starts: Float64Array; readonly rows: GroupedRows } | null;
}
