import type { LogPosition } from '@harmony/event-store';
import type { Logger } from '@harmony/observability';
import type { ScopedDatabase } from '@harmony/read-model';
import { LOGGER, SCOPED_DATABASE, WORKER_POOL } from '@harmony/runtime';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Pool } from 'pg';
import { setTimeout as pause } from 'node:timers/promises';
import { livesOf, livesRolledBack, type AboutProject } from '../read-model/lives.js';
import { newestFirst } from '../read-model/would-be.js';
import { ColumnStore } from './column-store.js';
import { readStanding } from './generation.js';

/** How often it looks whether the read model has moved on. */
const lookEveryMs = 500;
const restAfterFailureMs = 5_000;

/**
 * Has ready what readers would need if a revision were made live now: the one that was published last, and the one that
 * was live before; and keeps what was there before the last one, which a roll-back leads to. Only of projects whose
 * reports somebody has asked for.
 */
@Injectable()
export class ColumnKeeper implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly stopping = new AbortController();
  private following: Promise<void> | undefined;
  private seen = '';

  constructor(
    private readonly store: ColumnStore,
    @Inject(SCOPED_DATABASE) private readonly database: ScopedDatabase,
    @Inject(WORKER_POOL) private readonly workers: Pool,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.following = this.follow();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    await this.following;
  }

  /** What is to be ready is; nothing is done where nothing has happened. */
  async look(): Promise<void> {
    const { projects } = this.store;
    if (projects.length === 0) return;
    const { position, generation } = await readStanding(this.workers);
    const seen = [generation, position.major, position.minor, ...projects.map(({ projectId }) => projectId)].join();
    if (seen === this.seen) return;
    for (const project of projects) await this.prepare(project, position);
    this.seen = seen;
  }

  private async prepare({ workspaceId, projectId }: AboutProject, seen: LogPosition): Promise<void> {
    const lives = await livesOf(this.database, { workspaceId, projectId }, null);
    const moment = { asOf: null, revisionId: null, lives };
    const published = await this.database.query<{ id: string }>(
      workspaceId,
      `select revision_id as id from reporting.revisions where project_id = $1 and published_at is not null
        order by published_at desc limit 1`,
      [projectId],
    );
    const wasLive = new Set(lives.map(({ revisionId }) => revisionId));
    const next = published.map(({ id }) => id).filter((id) => !wasLive.has(id));
    const former = newestFirst(lives).slice(1, 2);
    const rolledBack = await livesRolledBack(this.database, { workspaceId, projectId });
    await this.store.prepare(
      { workspaceId, projectId, moment },
      {
        live: [...next, ...former.map(({ revisionId }) => revisionId)],
        before: { ...moment, lives: rolledBack },
        seen,
      },
    );
  }

  private async follow(): Promise<void> {
    const { signal } = this.stopping;
    const rest = (milliseconds: number): Promise<void> =>
      pause(milliseconds, undefined, { signal, ref: false }).catch(() => undefined);
    while (!signal.aborted) {
      await rest(lookEveryMs);
      try {
        if (!signal.aborted) await this.look();
      } catch (error) {
        this.log.warn({ error }, 'Columns could not be made ready; readers make them themselves');
        await rest(restAfterFailureMs);
      }
    }
  }
}
