import { WORKER_POOL } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';

export interface Progress {
  readonly rowsDone: number;
  /** Conversations that are selected: of the detail export, the most that there can be. */
  readonly rowsTotal: number;
}

/** Says how far a writer is. */
@Injectable()
export class ExportProgress {
  constructor(@Inject(WORKER_POOL) private readonly pool: Pool) {}

  async set(exportId: string, workspaceId: string, { rowsDone, rowsTotal }: Progress): Promise<void> {
    await this.pool.query(
      `insert into reporting.export_progress (export_id, workspace_id, rows_done, rows_total) values ($1, $2, $3, $4)
         on conflict (export_id) do update
         set rows_done = excluded.rows_done, rows_total = excluded.rows_total, updated_at = now()`,
      [exportId, workspaceId, rowsDone, rowsTotal],
    );
  }

  async forget(exportId: string): Promise<void> {
    await this.pool.query('delete from reporting.export_progress where export_id = $1', [exportId]);
  }
}
