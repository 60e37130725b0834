import type { ProjectColumns } from './columns.js';
import type { GroupedRows } from './tally.js';

/** What every card of a report counts. */
export interface Selection {
  readonly columns: ProjectColumns;
  readonly rows: Uint32Array;
  /** The same rows: first those before any point of the trend, which are all where there is none, then point by point. */
  readonly grouped: GroupedRows;
  /** Where the points of the trend begin; null without trends. */
  readonly points: Float64Array | null;
  /** The period before; null without one. */
  readonly before: GroupedRows | null;
}
