import { asHarmonyError, servingRole, type Database } from '@harmony/read-model';
import pg from 'pg';
import { CopyStream } from '../query/copy-stream.js';
import { inlined } from '../query/inlined.js';
import type { PreparedExport } from './prepare-export.js';

/**
 * Lives as long as a file takes to write: no limit but the reader's own. The server looks every second whether somebody
 * is still there, also while it sorts, so that a query ends with the process or the person that wanted it.
 */
const settings: Readonly<Record<string, string>> = {
  client_connection_check_interval: '1s',
  transaction_timeout: '0',
  idle_in_transaction_session_timeout: '10min',
  work_mem: '32MB',
  jit: 'off',
};

/** A connection of an export's own: one writer at a time, reading one moment as the person may read it. */
export class ExportSession {
  private readonly abort = (): void => void this.close();

  private constructor(
    private readonly client: pg.Client,
    private readonly signal: AbortSignal,
  ) {
    signal.addEventListener('abort', this.abort);
  }

  /** @param signal ends the session, and whatever the server does for it. */
  static async open(connectReader: Database['connectReader'], signal: AbortSignal): Promise<ExportSession> {
    signal.throwIfAborted();
    const session = new ExportSession(await connectReader(), signal);
    if (signal.aborted) await session.close();
    return session;
  }

  /** Until the session ends, however it ends, nobody else writes this export. Waits for whoever does. */
  async lock(exportId: string): Promise<void> {
    await this.run('select pg_advisory_lock(hashtextextended($1, 0))', [`reporting.export ${exportId}`]);
  }

  /** Begins to read the present moment of one workspace, under the role that people read with. */
  async enter(workspaceId: string): Promise<void> {
    await this.run('begin isolation level repeatable read read only');
    await this.run(
      `select set_config(name, value, true) from unnest($1::text[], $2::text[]) as wanted(name, value)
        where name in (select name from pg_settings)`,
      [Object.keys(settings), Object.values(settings)],
    );
    await this.run(`set local role ${servingRole}`);
    await this.run("select set_config('harmony.workspace_id', $1, true)", [workspaceId]);
  }

  /** How many conversations there are. */
  async count({ selection }: PreparedExport): Promise<number> {
    const sql = inlined(`select count(*)::integer as count from (${selection.sql}) selected`, selection.parameters);
    return (await this.run<{ count: number }>(sql))[0]?.count ?? 0;
  }

  /** The rows, as bytes of the file. */
  copy({ statement: { sql, lineEnd } }: PreparedExport): CopyStream {
    return this.client.query(new CopyStream(sql, lineEnd));
  }

  /** Ends what is going on; closing twice is harmless. */
  async close(): Promise<void> {
    this.signal.removeEventListener('abort', this.abort);
    await this.client.end();
  }

  private async run<Row extends pg.QueryResultRow>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    try {
      return (await this.client.query<Row>(sql, parameters)).rows;
    } catch (error) {
      this.signal.throwIfAborted();
      throw asHarmonyError(error);
    }
  }
}
