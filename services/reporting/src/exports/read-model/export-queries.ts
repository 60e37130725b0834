import { isUuid, type Principal } from '@harmony/access';
import { keyset, toConnection, type Connection, type PageRequest } from '@harmony/api';
import { HarmonyError } from '@harmony/contracts';
import type { Clock } from '@harmony/kernel';
import type { ScopedDatabase } from '@harmony/read-model';
import { CLOCK, SCOPED_DATABASE } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { DownloadLinks } from '../download/download-links.js';
import { exportView, type ExportRow, type ExportView } from './export-view.js';

const columns = `e.id, e.project_id, e.request, e.file_name, e.requested_at, e.status, e.ended_at,
  e.row_count::float8 as row_count, e.bytes::float8 as bytes, e.expires_at, e.failure_code,
  p.rows_done::float8 as rows_done, p.rows_total::float8 as rows_total`;

const own = `select ${columns} from reporting.exports e left join reporting.export_progress p on p.export_id = e.id
  where e.requested_by = $1::uuid`;

const order = [
  { sql: 'e.requested_at', type: 'timestamptz' },
  { sql: 'e.id', type: 'uuid' },
] as const;

/** Reads exports for whoever asked for them. */
@Injectable()
export class ExportQueries {
  constructor(
    private readonly links: DownloadLinks,
    @Inject(SCOPED_DATABASE) private readonly database: ScopedDatabase,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws HarmonyError UNKNOWN_EXPORT, also for somebody else's */
  async byId(principal: Principal, id: string): Promise<ExportView> {
    const [row] = isUuid(id)
      ? await this.database.query<ExportRow>(principal.workspaceId, `${own} and e.id = $2::uuid`, [principal.id, id])
      : [];
    if (!row) throw new HarmonyError('UNKNOWN_EXPORT');
    return this.viewOf(row);
  }

  /** Newest first. */
  async list(principal: Principal, page: PageRequest): Promise<Connection<ExportView>> {
    const { where, orderBy, limit, parameters } = keyset(page, order, 2, 'desc');
    const rows = await this.database.query<ExportRow>(
      principal.workspaceId,
      `${own} and ${where} order by ${orderBy} limit ${limit}`,
      [principal.id, ...parameters],
    );
    const views = new Map(await Promise.all(rows.map(async (row) => [row, await this.viewOf(row)] as const)));
    return toConnection(
      page,
      rows,
      ({ requested_at, id }) => [requested_at.toISOString(), id],
      (row) => views.get(row) as ExportView,
    );
  }

  private async viewOf(row: ExportRow): Promise<ExportView> {
    const view = exportView(row, this.clock.now());
    const isThere = view.status === 'COMPLETED' && view.expiresAt !== null;
    return { ...view, download: isThere ? await this.links.of(view.id, view.expiresAt) : null };
  }
}
