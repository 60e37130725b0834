import type { LogPosition } from '@harmony/event-store';
import { inTransaction } from '@harmony/read-model';
import { LOGGER, WORKER_POOL } from '@harmony/runtime';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { ClientBase, Pool } from 'pg';
import { z } from 'zod';
import type { LiveRevision, Moment } from '../../read-model/moment.js';
import type { ProjectMoment } from '../load-conversations.js';
import { MutableColumns } from '../mutable-columns.js';
import type { Pace } from '../pace.js';
import { decodeColumns, encodeColumns, packedFormat } from './encode-columns.js';
import { packColumns } from './packed-columns.js';

/** Columns, and up to where in the log of which tables they were read. */
export interface ColumnsAt {
  readonly columns: MutableColumns;
  readonly seen: LogPosition;
  readonly generation: string;
}

/** Columns of the present while these revisions were live. */
export interface ColumnsOf extends ColumnsAt {
  readonly lives: readonly LiveRevision[];
}

interface Stored {
  readonly moment: string;
  readonly content: Buffer;
  readonly major: string;
  readonly minor: string;
}

interface Log {
  warn(fields: object, message: string): void;
}

/** Conversations that are read from rows well under a second. */
const worthKeeping = 2_000;

const livesSchema = z.array(z.object({ revisionId: z.uuid(), major: z.number(), minor: z.number() }));
const momentText = ({ lives }: Moment): string => JSON.stringify(lives);

/** Held by whoever writes snapshots of a workspace and by whoever takes them away. */
const lock = `select pg_advisory_xact_lock(hashtextextended('reporting.column_snapshots ' || $1, 0))`;

/** Keeps columns of the present beside the read model that they were made from. */
@Injectable()
export class ColumnSnapshots implements OnModuleDestroy {
  private readonly writing = new Set<Promise<void>>();

  constructor(
    @Inject(WORKER_POOL) private readonly pool: Pool,
    @Inject(LOGGER) private readonly log: Log,
  ) {}

  async onModuleDestroy(): Promise<void> {
    await Promise.all(this.writing);
  }

  /** Whether reading so many conversations once more would be worse than keeping the columns again. */
  isDue(read: number, { facts }: MutableColumns): boolean {
    return read >= Math.max(worthKeeping, facts.rows / 10);
  }

  /**
   * What was kept for these tables, whichever revisions were live then; what changed since is still to be read.
   * Undefined where nothing fits.
   */
  async find(
    { workspaceId, projectId }: ProjectMoment,
    generation: string,
    pace: Pace,
  ): Promise<ColumnsOf | undefined> {
    const { rows } = await this.pool.query<Stored>(
      `select moment, content, major, minor from reporting.column_snapshots
        where workspace_id = $1 and project_id = $2 and format = $3 and generation = $4`,
      [workspaceId, projectId, packedFormat, generation],
    );
    const [stored] = rows;
    if (!stored) return undefined;
    try {
      const columns = await MutableColumns.unpack(await decodeColumns(stored.content, pace), pace);
      const seen = { major: BigInt(stored.major), minor: BigInt(stored.minor) };
      return { columns, generation, seen, lives: livesSchema.parse(JSON.parse(stored.moment)) };
    } catch (error) {
      this.log.warn({ error, projectId }, 'columns that were kept cannot be read');
      return undefined;
    }
  }

  /**
   * Keeps the columns; the caller does not wait, and reads rows again where this fails. What changes while they are
   * packed is newer than what they have seen.
   */
  offer(of: ProjectMoment, { columns, seen, generation }: ColumnsAt, pace: Pace): void {
    // Packing begins behind whoever asks now.
    const written = pace
      .rest()
      .then(() => packColumns(columns, pace))
      .then((packed) => encodeColumns(packed, pace))
      .then((content) => this.write(of, content, seen, generation))
      .catch((error: unknown) => this.log.warn({ error, projectId: of.projectId }, 'columns were not kept'))
      .finally(() => this.writing.delete(written));
    this.writing.add(written);
  }

  private async write(of: ProjectMoment, content: Buffer, seen: LogPosition, generation: string): Promise<void> {
    const { workspaceId, projectId, moment } = of;
    const position = [String(seen.major), String(seen.minor)];
    await inTransaction(this.pool, async (client) => {
      await client.query(lock, [workspaceId]);
      if (await hasDeletedSince(client, workspaceId, position)) return;
      await client.query(
        `insert into reporting.column_snapshots
                (workspace_id, project_id, moment, format, generation, major, minor, content)
         values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict (workspace_id, project_id) do update
            set moment = excluded.moment, format = excluded.format, generation = excluded.generation,
                major = excluded.major, minor = excluded.minor, content = excluded.content, made_at = now()`,
        [workspaceId, projectId, momentText(moment), packedFormat, generation, ...position, content],
      );
    });
  }
}

/**
 * Takes away the snapshots of a workspace, in which words of a conversation may be that is erased. From when the read
 * model knows of it on, none that holds them is written any more.
 */
export const forgetSnapshots = (pool: Pool, workspaceId: string): Promise<void> =>
  inTransaction(pool, async (client) => {
    await client.query(lock, [workspaceId]);
    await client.query('delete from reporting.column_snapshots where workspace_id = $1', [workspaceId]);
  });

async function hasDeletedSince(client: ClientBase, workspaceId: string, position: string[]): Promise<boolean> {
  const { rowCount } = await client.query(
    `select from reporting.conversations
      where workspace_id = $1 and is_deleted and (changed_major, changed_minor) > ($2::bigint, $3::bigint) limit 1`,
    [workspaceId, ...position],
  );
  return rowCount !== 0;
}
