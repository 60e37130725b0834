import type { LogPosition } from '@harmony/event-store';
import type { ScopedDatabase } from '@harmony/read-model';
import type { Pool } from 'pg';
import type { ProjectColumns } from '../domain/columns.js';
import { changesSince } from './change-feed.js';
import { readStanding } from './generation.js';
import { loadConversations, type ProjectMoment } from './load-conversations.js';
import { MutableColumns } from './mutable-columns.js';
import type { ColumnSnapshots } from './snapshots/column-snapshots.js';

/** A page of conversations is read in well under a second, so that nobody else waits long for the connection. */
const pageSize = 2_000;

interface Loaded {
  readonly columns: MutableColumns;
  readonly generation: string;
  seen: LogPosition;
  /** Conversations that were read since the columns were kept last. */
  unkept: number;
}

/**
 * The columns of one project at one moment. Whoever asks gets what the read model held when they asked, or newer: each
 * time it is asked what has changed, and only that is read.
 */
export class LiveColumns {
  private loaded: Loaded | undefined;
  private running: Promise<void> | undefined;
  private next: Promise<void> | undefined;

  constructor(
    private readonly database: ScopedDatabase,
    private readonly workers: Pool,
    private readonly of: ProjectMoment,
    private readonly snapshots?: ColumnSnapshots,
  ) {}

  /** Roughly, in memory. */
  get bytes(): number {
    return this.loaded?.columns.bytes ?? 0;
  }

  /** The columns stay as they are until the caller awaits something. */
  async current(): Promise<ProjectColumns> {
    await this.refreshed();
    if (!this.loaded) throw new Error('Columns were refreshed and are not there.');
    return this.loaded.columns;
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
    this.loaded ??= await this.load();
    await this.apply(this.loaded);
    const { generation } = await readStanding(this.workers);
    if (generation === this.loaded.generation) return this.keep(this.loaded);
    this.loaded = undefined;
    return this.refresh();
  }

  private keep(loaded: Loaded): void {
    if (!this.snapshots?.isDue(loaded.unkept, loaded.columns)) return;
    loaded.unkept = 0;
    this.snapshots.offer(this.of, loaded);
  }

  private async apply(loaded: Loaded): Promise<void> {
    const { workspaceId, projectId } = this.of;
    const { conversationIds, reached } = await changesSince(this.database, workspaceId, projectId, loaded.seen);
    await this.read(loaded.columns, conversationIds);
    loaded.seen = reached;
    loaded.unkept += conversationIds.length;
  }

  /** What changes while the pages are read is newer than the position, so that it is read again. */
  private async load(): Promise<Loaded> {
    const { position, generation } = await readStanding(this.workers);
    const kept = await this.snapshots?.find(this.of, generation);
    if (kept) return { ...kept, unkept: 0 };
    const ids = await this.database.query<{ conversation_id: string }>(
      this.of.workspaceId,
      'select conversation_id from reporting.conversations where workspace_id = $1 and not is_deleted order by happened_at',
      [this.of.workspaceId],
    );
    const columns = new MutableColumns();
    await this.read(
      columns,
      ids.map((row) => row.conversation_id),
    );
    return { columns, generation, seen: position, unkept: ids.length };
  }

  private async read(columns: MutableColumns, conversationIds: readonly string[]): Promise<void> {
    for (let from = 0; from < conversationIds.length; from += pageSize) {
      const asked = conversationIds.slice(from, from + pageSize);
      const found = await loadConversations(this.database, this.of, asked);
      const gone = new Set(asked);
      for (const conversation of found) {
        columns.put(conversation);
        gone.delete(conversation.conversationId);
      }
      for (const id of gone) columns.remove(id);
    }
  }
}
