import type { Principal } from '@harmony/access';
import type { ScopedDatabase } from '@harmony/read-model';
import { CONFIGURATION, SCOPED_DATABASE, WORKER_POOL } from '@harmony/runtime';
import type { Configuration } from '@harmony/config';
import { Inject, Injectable, Optional } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { Pool } from 'pg';
import type { ProjectColumns } from '../domain/columns.js';
import type { Moment } from '../read-model/moment.js';
import type { ProjectMoment } from './load-conversations.js';
import { LiveColumns } from './live-columns.js';
import { ColumnSnapshots } from './snapshots/column-snapshots.js';

interface MemorySettings {
  readonly work: Pick<Configuration['work'], 'reportMemoryMegabytes'>;
}

const bytesOfMegabyte = 1024 * 1024;

/** Columns of the projects and moments that were asked for last, as many as memory is set aside for; at least one. */
@Injectable()
export class ColumnStore {
  private readonly columns: LRUCache<string, LiveColumns>;
  private readonly maximumBytes: number;

  constructor(
    @Inject(SCOPED_DATABASE) private readonly database: ScopedDatabase,
    @Inject(WORKER_POOL) private readonly workers: Pool,
    @Inject(CONFIGURATION) { work }: MemorySettings,
    @Optional() private readonly snapshots?: ColumnSnapshots,
  ) {
    this.maximumBytes = work.reportMemoryMegabytes * bytesOfMegabyte;
    this.columns = new LRUCache({ maxSize: this.maximumBytes, sizeCalculation: (columns) => this.sizeOf(columns) });
  }

  /** What the project's report counts, as new as the read model is now. They stay so until the caller awaits. */
  async of({ workspaceId }: Principal, projectId: string, moment: Moment): Promise<ProjectColumns> {
    const key = JSON.stringify([workspaceId, projectId.toLowerCase(), moment]);
    const live = this.columns.get(key) ?? this.newColumns({ workspaceId, projectId, moment });
    this.columns.set(key, live);
    const current = await live.current();
    this.columns.set(key, live, { noUpdateTTL: true });
    return current;
  }

  /** What is kept is of the present only. */
  private newColumns(of: ProjectMoment): LiveColumns {
    const isPresent = of.moment.asOf === null && of.moment.revisionId === null;
    return new LiveColumns(this.database, this.workers, of, isPresent ? this.snapshots : undefined);
  }

  private sizeOf(columns: LiveColumns): number {
    return Math.min(Math.max(columns.bytes, 1), this.maximumBytes);
  }
}
