import { comparePositions, type LogPosition } from '@harmony/event-store';
import type { ScopedDatabase } from '@harmony/read-model';
import type { Pool } from 'pg';
import type { ProjectColumns } from '../domain/columns.js';
import type { Moment } from '../read-model/moment.js';
import { isPresent, isWouldBe } from '../read-model/would-be.js';
import { changesSince } from './change-feed.js';
import { readStanding } from './generation.js';
import type { ProjectMoment } from './load-conversations.js';
import { MutableColumns } from './mutable-columns.js';
import { Pace } from './pace.js';
import { readAllConversations, readConversations } from './read-conversations.js';
import { runDifferences } from './run-differences.js';
import type { ColumnSnapshots, ColumnsOf } from './snapshots/column-snapshots.js';
import { isDeepStrictEqual } from 'node:util';

interface Loaded {
  readonly columns: MutableColumns;
  readonly generation: string;
  seen: LogPosition;
  /** Conversations that were read since the columns were kept last. */
  unkept: number;
}

/** What columns can be made of faster than of all rows. */
interface Shortcuts {
  readonly snapshots?: ColumnSnapshots | undefined;
  /** Columns of the same project at another choice of live revisions. */
  readonly origin?: LiveColumns | undefined;
}

/** Another moment, of which everything up to a place in the log is there already. */
interface Turn {
  readonly moment: Moment;
  readonly position: LogPosition;
}

/**
 * The columns of one project at one moment. Whoever asks gets what the read model held when they asked, or newer: each
 * time it is asked what has changed, and only that is read.
 */
export class LiveColumns {
  private loaded: Loaded | undefined;
  private running: Promise<void> | undefined;
  private next: Promise<void> | undefined;
  private turn: Turn | undefined;
  private readers = 0;

  /** @param areOthersRead whether somebody reads columns just now, these or others. */
  constructor(
    private readonly database: ScopedDatabase,
    private readonly workers: Pool,
    private of: ProjectMoment,
    private shortcuts: Shortcuts = {},
    private readonly areOthersRead: () => boolean = () => false,
  ) {}

  /** Roughly, in memory. */
  get bytes(): number {
    return this.loaded?.columns.bytes ?? 0;
  }

  /** The columns stay as they are until the caller awaits something. */
  async current(): Promise<ProjectColumns> {
    this.readers += 1;
    try {
      await this.refreshed();
    } finally {
      this.readers -= 1;
    }
    if (!this.loaded) throw new Error('Columns were refreshed and are not there.');
    return this.loaded.columns;
  }

  /** Has them as {@link current} gives them, for later: takes its time while others are read and nobody asks for these. */
  ready(): Promise<void> {
    return this.refreshed();
  }

  /**
   * From the next {@link current} on these are the columns of another moment, which is the same for everything up to
   * the position; what is behind it is read again.
   */
  become(moment: Moment, position: LogPosition): void {
    this.turn = { moment, position };
  }

  /** Those who come while one look goes on share the next, which begins after they came. */
  private async refreshed(): Promise<void> {
    if (!this.running) {
      this.running = this.refresh().finally(() => (this.running = undefined));
      return this.running;
    }
    this.next ??= this.running
      .catch(() => undefined)
      .then(() => {
        this.next = undefined;
        return this.refreshed();
      });
    return this.next;
  }

  private async refresh(): Promise<void> {
    this.takeTurn();
    this.loaded ??= await this.load();
    await this.apply(this.loaded);
    const { generation } = await readStanding(this.workers);
    if (generation === this.loaded.generation) return this.keep(this.loaded);
    this.loaded = undefined;
    return this.refresh();
  }

  private takeTurn(): void {
    if (!this.turn) return;
    const { moment, position } = this.turn;
    this.turn = undefined;
    this.of = { ...this.of, moment };
    if (this.loaded && comparePositions(position, this.loaded.seen) < 0) this.loaded.seen = position;
  }

  private keep(loaded: Loaded): void {
    if (!this.snapshots?.isDue(loaded.unkept, loaded.columns)) return;
    loaded.unkept = 0;
    this.snapshots.offer(this.of, loaded, new Pace(() => !this.areOthersRead()));
  }

  private async apply(loaded: Loaded): Promise<void> {
    const { conversationIds, reached } = await changesSince(this.database, this.of, loaded.seen);
    await readConversations(this.database, this.of, loaded.columns, conversationIds, this.pace());
    loaded.seen = reached;
    loaded.unkept += conversationIds.length;
  }

  /** What changes while rows are read is newer than the position, so that it is read again. */
  private async load(): Promise<Loaded> {
    const { position, generation } = await readStanding(this.workers);
    const { snapshots, origin } = this.shortcuts;
    this.shortcuts = { snapshots };
    const known = (await origin?.copied(generation, this.pace())) ?? (await this.snapshots?.find(this.of, generation, this.pace()));
    if (known) return this.turned(known);
    const columns = new MutableColumns();
    const unkept = await readAllConversations(this.database, this.of, columns, this.pace());
    return { columns, generation, seen: position, unkept };
  }

  private async copied(generation: string, pace: Pace): Promise<ColumnsOf | undefined> {
    if (this.loaded?.generation !== generation) return undefined;
    const { seen, columns } = this.loaded;
    const { lives } = this.of.moment;
    return { columns: await columns.copy(pace), generation, seen, lives };
  }

  /** What counts with another run at this moment is read. */
  private async turned({ lives, ...known }: ColumnsOf): Promise<Loaded> {
    const { lives: wanted } = this.of.moment;
    if (isDeepStrictEqual(lives, wanted)) return { ...known, unkept: 0 };
    const revisionIds = new Set([...lives, ...wanted].map(({ revisionId }) => revisionId));
    let unkept = 0;
    const pace = this.pace();
    for await (const ids of runDifferences(this.database, this.of, known.columns, [...revisionIds])) {
      await readConversations(this.database, this.of, known.columns, ids, pace);
      unkept += ids.length;
      if (pace.isDue) await pace.rest();
    }
    return { ...known, unkept };
  }

  private pace(): Pace {
    return new Pace(() => this.readers > 0 || !this.areOthersRead());
  }

  /** Only the present is kept, as it is. */
  private get snapshots(): ColumnSnapshots | undefined {
    const { moment } = this.of;
    return isPresent(moment) && !isWouldBe(moment) ? this.shortcuts.snapshots : undefined;
  }
}
