import type { LogPosition } from '@harmony/event-store';
import type { Pool } from 'pg';
import { reportsProjection } from '../projections/reports.projection.js';

/** Where the read model stands, and which of its tables these are. */
export interface Standing {
  readonly position: LogPosition;
  /**
   * Another one means that rows may have changed without a newer position: after a replay has exchanged the tables, or
   * after a stream that was parked has gone on.
   */
  readonly generation: string;
}

interface StandingRow {
  readonly generation: string;
  readonly major: string;
  readonly minor: string;
}

const standing = `
  select c.major, c.minor,
         c.version || '/' || c.generation || '/' ||
         coalesce((select md5(string_agg(p.stream_id || p.revision, ',' order by p.stream_id))
                     from projections.parked p where p.projection = c.name), '') as generation
    from projections.checkpoints c where c.name = $1`;

/** Bookkeeping of projections belongs to no workspace, so it is the worker's to read. */
export async function readStanding(pool: Pool): Promise<Standing> {
  const { rows } = await pool.query<StandingRow>({
    name: 'reporting-standing',
    text: standing,
    values: [reportsProjection.name],
  });
  const [row] = rows;
  if (!row) return { position: { major: 0n, minor: 0n }, generation: '' };
  return { position: { major: BigInt(row.major), minor: BigInt(row.minor) }, generation: row.generation };
}
