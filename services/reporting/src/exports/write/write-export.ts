import type { Configuration } from '@harmony/config';
import type { EventDataOf } from '@harmony/contracts';
import type { Clock } from '@harmony/kernel';
import type { ObjectStore } from '@harmony/object-store';
import type { Database, ProjectionProgress } from '@harmony/read-model';
import { CLOCK, CONFIGURATION, CONNECT_READER, OBJECT_STORE, PROJECTION_PROGRESS } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { causeOfEnd, decideCompletion, type Export } from '../domain/export.js';
import { exportsProjection } from '../projections/exports.projection.js';
import { ExportStreams } from '../streams/export-streams.js';
import { ExportSession } from './export-session.js';
import { fileBytes } from './file-bytes.js';
import { fileKeyOf, mediaTypes } from './file.js';
import { PrepareExport } from './prepare-export.js';
import { Requesters } from './requesters.js';
import { WatchExport } from './watch-export.js';

/** Writes the file of an export into the object store. */
@Injectable()
export class WriteExport {
  constructor(
    private readonly exports: ExportStreams,
    private readonly requesters: Requesters,
    private readonly preparation: PrepareExport,
    private readonly watch: WatchExport,
    @Inject(CONNECT_READER) private readonly connectReader: Database['connectReader'],
    @Inject(OBJECT_STORE) private readonly objects: ObjectStore,
    @Inject(PROJECTION_PROGRESS) private readonly progress: ProjectionProgress,
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * From the beginning, also where somebody began before and died. Nothing for one that has ended; one that ends
   * meanwhile leaves no file.
   * @throws HarmonyError of the preparation, with the rights that the requester has now; of database and object store
   */
  async execute(exportId: string, signal: AbortSignal): Promise<void> {
    const session = await ExportSession.open(this.connectReader, signal);
    try {
      await session.lock(exportId);
      const { state, position } = await this.exports.load(exportId);
      if (state?.outcome === 'OPEN') {
        if (position) await this.progress.waitFor(exportsProjection.name, position);
        await this.write(state, session, signal);
      }
      await this.tidy(exportId);
    } finally {
      await session.close();
    }
  }

  private async write(current: Export, session: ExportSession, signal: AbortSignal): Promise<void> {
    const { id: exportId, workspaceId, requested, requestedAt } = current;
    const principal = await this.requesters.of(current);
    const prepared = await this.preparation.execute(principal, requested.request, requestedAt);
    await session.enter(workspaceId);
    const rowsTotal = await session.count(prepared);
    const rows = session.copy(prepared);
    const watched = this.watch.begin(current, () => ({ rowsDone: rows.rowCount, rowsTotal }), signal);
    try {
      const key = fileKeyOf(current);
      const contentType = mediaTypes[requested.request.format];
      const stopped = (): void => void session.close();
      watched.signal.addEventListener('abort', stopped);
      const { bytes, sha256 } = await this.objects.put(key, fileBytes(prepared, rows), { contentType });
      const now = this.clock.now();
      const expiresAt = new Date(now.getTime() + this.configuration.work.exportHours * 3_600_000).toISOString();
      const content = { key, bytes, sha256 };
      await this.complete(current, { exportId, content, rowCount: rows.rowCount, expiresAt }, now);
    } catch (error) {
      if (!watched.hasEnded) throw error;
    } finally {
      await watched.end();
    }
  }

  private async complete(current: Export, completed: EventDataOf<'ExportCompleted'>, now: Date): Promise<void> {
    await this.exports.change(current.id, causeOfEnd(current, now), { decision: 'completed' }, (state) =>
      decideCompletion(state, completed),
    );
  }

  /** A file of something that was cancelled or has failed is of no use. */
  private async tidy(exportId: string): Promise<void> {
    const { state } = await this.exports.load(exportId);
    if (state && (state.outcome === 'CANCELLED' || state.outcome === 'FAILED'))
      await this.objects.delete(fileKeyOf(state));
  }
}
