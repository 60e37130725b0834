import type { LogBatch, LogFilter } from '../port.js';
import { comparePositions, type LogPosition } from '../position.js';
import { applyItems, toBatch, type Progress } from './batch.js';
import type { LogSource } from './log-source.js';

export interface ReadingOptions {
  readonly filter: LogFilter;
  readonly batchSize: number;
  readonly signal: AbortSignal;
}

/**
 * What one subscription gives. Ends when the server ends it, however silently, when it stalls while the log grows,
 * and when the signal is aborted; fails when it fails.
 */
export async function* tail(source: LogSource, after: LogPosition, options: ReadingOptions): AsyncGenerator<LogBatch> {
  const { filter, batchSize, signal } = options;
  const end = await source.head();
  const inbox = source.subscribe(after, filter, batchSize);
  let progress: Progress = { at: after, live: false };
  try {
    for (;;) {
      const word = await inbox.next(source.timing.silenceMs, signal);
      if (word === 'end') return;
      if (word === 'silence') {
        if (comparePositions(await source.head(), progress.at) > 0) return;
        progress = { ...progress, live: true };
      }
      const run = applyItems(await inbox.gather(batchSize), filter, progress, end);
      progress = run;
      yield toBatch(run, run.live && inbox.drained);
    }
  } finally {
    inbox.close();
  }
}
