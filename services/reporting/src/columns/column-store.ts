import type { Principal } from '@harmony/access';
import { comparePositions, type LogPosition } from '@harmony/event-store';
import type { ScopedDatabase } from '@harmony/read-model';
import { CONFIGURATION, SCOPED_DATABASE, WORKER_POOL } from '@harmony/runtime';
import type { Configuration } from '@harmony/config';
import { Inject, Injectable, Optional } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { isDeepStrictEqual } from 'node:util';
import type { Pool } from 'pg';
import type { ProjectColumns } from '../domain/columns.js';
import type { AboutProject } from '../read-model/lives.js';
import type { LiveRevision, Moment } from '../read-model/moment.js';
import { isPresent, isWouldBe, newestFirst, positionOf, wouldBe } from '../read-model/would-be.js';
import type { ProjectMoment } from './load-conversations.js';
import { LiveColumns } from './live-columns.js';
import { ColumnSnapshots } from './snapshots/column-snapshots.js';

interface MemorySettings {
  readonly work: Pick<Configuration['work'], 'reportMemoryMegabytes'>;
}

/** Columns with what they are of. */
interface Held {
  readonly of: ProjectMoment;
  readonly columns: LiveColumns;
}

const bytesOfMegabyte = 1024 * 1024;
/** Whoever looked at a report may look again; most of the time nobody does. */
const attention = { max: 100, ttl: 15 * 60_000 };
/** Whoever has just got columns counts them, and often asks for more. */
const readingMs = 500;
const keyOf = ({ workspaceId, projectId, moment }: ProjectMoment): string =>
  JSON.stringify([workspaceId, projectId, moment]);

/** What the present of a project may become. */
export interface Prospects {
  /** Revisions that may be made live. */
  readonly live: readonly string[];
  /** What was the present before the last one was made live. */
  readonly before: Moment;
  /** How far the read model had come when all this was asked. */
  readonly seen: LogPosition;
}

/** Columns of the projects and moments that were asked for last, as many as memory is set aside for; at least one. */
@Injectable()
export class ColumnStore {
  private readonly held: LRUCache<string, Held>;
  private readonly asked = new LRUCache<string, AboutProject>(attention);
  private readonly maximumBytes: number;
  private readers = 0;
  private lastReadAt = -Infinity;

  constructor(
    @Inject(SCOPED_DATABASE) private readonly database: ScopedDatabase,
    @Inject(WORKER_POOL) private readonly workers: Pool,
    @Inject(CONFIGURATION) { work }: MemorySettings,
    @Optional() private readonly snapshots?: ColumnSnapshots,
  ) {
    this.maximumBytes = work.reportMemoryMegabytes * bytesOfMegabyte;
    this.held = new LRUCache({ maxSize: this.maximumBytes, sizeCalculation: ({ columns }) => this.sizeOf(columns) });
  }

  /** What the project's report counts, as new as the read model is now. They stay so until the caller awaits. */
  async of({ workspaceId }: Principal, projectId: string, moment: Moment): Promise<ProjectColumns> {
    const project = { workspaceId, projectId: projectId.toLowerCase() };
    if (isPresent(moment)) this.asked.set(JSON.stringify(project), project);
    this.readers += 1;
    try {
      return await this.current({ ...project, moment });
    } finally {
      this.readers -= 1;
      this.lastReadAt = performance.now();
    }
  }

  /** What is in memory: how many sets of columns, and their bytes. */
  get size(): { readonly sets: number; readonly bytes: number } {
    return { sets: this.held.size, bytes: this.held.calculatedSize };
  }

  /** Projects whose present somebody asked for not long ago. */
  get projects(): AboutProject[] {
    return [...this.asked.values()];
  }

  /**
   * Where somebody has asked for it, has the columns of the present ready and those of what it would be if each of these
   * revisions were made live now, as far as there is room for them; what was the present before the last one was made
   * live stays, where it is there, and follows. Lets go of those that nobody can ask for any more.
   */
  async prepare(of: ProjectMoment, { live, before, seen }: Prospects): Promise<void> {
    const wanted = live.map((revisionId) => ({ ...of, moment: wouldBe(of.moment, revisionId) }));
    if (![...this.presents(of)].some((one) => !isWouldBe(one.of.moment))) return;
    await this.ready(of);
    for (const one of wanted) if (this.held.has(keyOf(one)) || this.hasRoomFor(of)) await this.ready(one);
    const former = { ...of, moment: before };
    if (this.held.has(keyOf(former))) await this.ready(former);
    const kept = new Set([of, former, ...wanted].map(keyOf));
    for (const { of: other } of this.presents(of)) {
      const isFormer = isOlder(other.moment, of.moment) || isRolledBack(other.moment, of.moment, seen);
      const isOver = isWouldBe(other.moment) || isFormer;
      if (isOver && !kept.has(keyOf(other))) this.held.delete(keyOf(other));
    }
  }

  private current(of: ProjectMoment): Promise<ProjectColumns> {
    return this.used(of, (columns) => columns.current());
  }

  private ready(of: ProjectMoment): Promise<void> {
    return this.used(of, (columns) => columns.ready());
  }

  private async used<Result>(of: ProjectMoment, use: (columns: LiveColumns) => Promise<Result>): Promise<Result> {
    const key = keyOf(of);
    const held = this.held.get(key) ?? { of, columns: this.prepared(of) ?? this.newColumns(of) };
    this.held.set(key, held);
    const result = await use(held.columns);
    // As another object, or its size would stay what it was when nothing had been read.
    if (this.held.peek(key)?.columns === held.columns) this.held.set(key, { ...held }, { noUpdateTTL: true });
    return result;
  }

  /** What was made ready for the case that has come about: the revision that would be live is. */
  private prepared(of: ProjectMoment): LiveColumns | undefined {
    const [newest] = newestFirst(of.moment.lives);
    if (!newest || !isPresent(of.moment)) return undefined;
    const key = keyOf({ ...of, moment: wouldBe(of.moment, newest.revisionId) });
    const held = this.held.peek(key);
    if (!held) return undefined;
    this.held.delete(key);
    held.columns.become(of.moment, positionOf(newest));
    return held.columns;
  }

  private newColumns(of: ProjectMoment): LiveColumns {
    const origin = isPresent(of.moment) ? this.originOf(of) : undefined;
    const shortcuts = { snapshots: this.snapshots, origin };
    return new LiveColumns(this.database, this.workers, of, shortcuts, () => this.isRead);
  }

  private get isRead(): boolean {
    return this.readers > 0 || performance.now() - this.lastReadAt < readingMs;
  }

  /** Columns of the same project that differ in little: at best the same revision counts before all others. */
  private originOf(of: ProjectMoment): LiveColumns | undefined {
    const presents = [...this.presents(of)];
    const newest = (moment: Moment): string | undefined => newestFirst(moment.lives)[0]?.revisionId;
    const alike = presents.find((one) => newest(one.of.moment) === newest(of.moment));
    return (alike ?? presents[0])?.columns;
  }

  /** What is in memory of the present of a project. */
  private *presents(project: AboutProject): Generator<Held> {
    for (const held of this.held.values()) {
      const { workspaceId, projectId, moment } = held.of;
      if (workspaceId === project.workspaceId && projectId === project.projectId && isPresent(moment)) yield held;
    }
  }

  /** Nothing that was asked for makes way for what may be asked for. */
  private hasRoomFor(of: ProjectMoment): boolean {
    const held = this.held.peek(keyOf(of));
    return held !== undefined && this.held.calculatedSize + this.sizeOf(held.columns) <= this.maximumBytes;
  }

  private sizeOf(columns: LiveColumns): number {
    return Math.min(Math.max(columns.bytes, 1), this.maximumBytes);
  }
}

/** Whether less had been made live when it was the present. */
function isOlder(one: Moment, other: Moment): boolean {
  const places = new Map(one.lives.map((live) => [live.revisionId, live]));
  return other.lives.some(({ revisionId, major, minor }) => {
    const known = places.get(revisionId);
    return known === undefined || known.major < major || (known.major === major && known.minor < minor);
  });
}

/** Whether something was live then that, by now, nobody has made live: not something that is newer than the look. */
function isRolledBack(one: Moment, other: Moment, seen: LogPosition): boolean {
  const isStanding = (live: LiveRevision): boolean => other.lives.some((standing) => isDeepStrictEqual(standing, live));
  return one.lives.some((live) => !isStanding(live) && comparePositions(positionOf(live), seen) <= 0);
}
