import { LOGGER } from '@harmony/runtime';
import type { Logger } from '@harmony/observability';
import { Inject, Injectable } from '@nestjs/common';
import type { Export } from '../domain/export.js';
import { ExportProgress, type Progress } from '../progress/export-progress.js';
import { ExportStreams } from '../streams/export-streams.js';

const everyMs = 500;

export interface WatchedExport {
  /** Aborted when the export ends otherwise. */
  readonly signal: AbortSignal;
  /** Whether it did. */
  readonly hasEnded: boolean;
  end(): Promise<void>;
}

/** Shows how far a writer is, and tells it when nobody wants the file any more. */
@Injectable()
export class WatchExport {
  constructor(
    private readonly exports: ExportStreams,
    private readonly progress: ExportProgress,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  begin({ id, workspaceId }: Export, progress: () => Progress, signal: AbortSignal): WatchedExport {
    const ended = new AbortController();
    let looking: Promise<void> = Promise.resolve();
    const look = async (): Promise<void> => {
      try {
        await this.progress.set(id, workspaceId, progress());
        const { state } = await this.exports.load(id);
        if (state?.outcome !== 'OPEN') ended.abort();
      } catch (error) {
        // The writer itself finds out what is wrong, and needs no progress to go on.
        this.logger.warn({ error, exportId: id }, 'the progress of an export could not be told');
      }
    };
    looking = look();
    const timer = setInterval(() => {
      looking = looking.then(look);
    }, everyMs);
    return {
      signal: AbortSignal.any([signal, ended.signal]),
      get hasEnded() {
        return ended.signal.aborted;
      },
      end: async () => {
        clearInterval(timer);
        await looking;
        await this.progress.forget(id);
      },
    };
  }
}
