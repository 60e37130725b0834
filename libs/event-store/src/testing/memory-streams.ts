import { HarmonyError } from '@harmony/contracts';
import type { AppendResult, EventStore, EventToAppend, ExpectedRevision, LogBatch, RecordedEvent } from '../port.js';
import { logStart } from '../position.js';

/** Streams in memory, with the promise of the port that matters here: exact revisions, and harmless repeats. */
export class MemoryStreams implements EventStore {
  readonly recorded: RecordedEvent[] = [];
  /** Every stream is gone. */
  deleted = false;
  /** Called around every append; a throw before it loses the append, a throw after it loses only the answer. */
  before: () => void = () => undefined;
  after: () => void = () => undefined;

  async append(streamId: string, events: readonly EventToAppend[], expected: ExpectedRevision): Promise<AppendResult> {
    this.before();
    if (this.deleted) throw new HarmonyError('STREAM_DELETED');
    const stream = this.recorded.filter((event) => event.streamId === streamId);
    const start = typeof expected === 'number' ? expected + 1 : 0;
    const repeated = events.every(({ id }, index) => stream[start + index]?.id === id);
    if (!repeated && start !== stream.length) throw new HarmonyError('WRONG_EXPECTED_REVISION');
    if (!repeated) {
      for (const [index, event] of events.entries()) {
        const position = { major: BigInt(this.recorded.length + 1), minor: 0n };
        this.recorded.push({ ...event, streamId, revision: start + index, position, recordedAt: event.occurredAt });
      }
    }
    this.after();
    return { revision: start + events.length - 1, position: this.recorded.at(-1)?.position ?? logStart, repeated };
  }

  async *readStream(streamId: string): AsyncIterable<RecordedEvent> {
    if (this.deleted) throw new HarmonyError('STREAM_DELETED');
    yield* this.recorded.filter((event) => event.streamId === streamId);
  }

  async *readLog(): AsyncIterable<LogBatch> {}
  async *subscribe(): AsyncIterable<LogBatch> {}
  async deleteStream(): Promise<void> {}
  async head(): Promise<typeof logStart> {
    return logStart;
  }
  async close(): Promise<void> {}
}
