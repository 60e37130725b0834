import type { Envelope } from '@harmony/contracts';
import type { LogPosition } from './position.js';

/** What must be true of a stream for an append to happen; a number is the exact revision of its last event. */
export type ExpectedRevision = 'any' | 'none' | 'exists' | number;

/** An event as it goes into the store. `data` is JSON. */
export interface EventToAppend extends Envelope {
  readonly data: unknown;
}

/** An event as the store gives it back: not yet decoded against its contract. */
export interface RecordedEvent extends EventToAppend {
  readonly streamId: string;
  /** 0 for the first event of a stream, without gaps. */
  readonly revision: number;
  readonly position: LogPosition;
  /** When the store took it, ISO 8601, UTC. */
  readonly recordedAt: string;
  /** Bytes of envelope and data together as the store keeps them, where it knows. */
  readonly bytes?: number;
}

export interface AppendResult {
  /** Revision of the stream's last event after the append. */
  readonly revision: number;
  /** Position of the last event appended. */
  readonly position: LogPosition;
  /** True when the very same events were there already and nothing was written. */
  readonly repeated: boolean;
}

/** Which events of the log a reader wants. Both given: both must match. */
export interface LogFilter {
  readonly types?: readonly string[];
  readonly streamPrefixes?: readonly string[];
}

export interface ReadStreamOptions {
  readonly direction?: 'forward' | 'backward';
  /** First revision to return, inclusive; absent: the near end. */
  readonly from?: number;
  readonly limit?: number;
}

export interface ReadLogOptions {
  /** Exclusive; absent: from the start. */
  readonly after?: LogPosition;
  readonly filter?: LogFilter;
  /** Events a batch at most. */
  readonly batchSize?: number;
}

/**
 * A run of the log in order. `scannedTo` is the place up to which the log was really scanned, so it also moves
 * when the filter matched nothing; whoever has handled the events may store it as checkpoint.
 */
export interface LogBatch {
  readonly events: readonly RecordedEvent[];
  readonly scannedTo: LogPosition;
  /** True when the scan reached what was the end of the log. */
  readonly caughtUp: boolean;
}

export interface SubscribeOptions extends Omit<ReadLogOptions, 'after'> {
  /** Exclusive position, or the end of the log as it is now. */
  readonly after: LogPosition | 'end';
  readonly signal: AbortSignal;
}

/**
 * The system of record. Failures are HarmonyErrors: WRONG_EXPECTED_REVISION (facts: expected, and actual, which is
 * the revision of the last event or 'none'), STREAM_DELETED, EVENT_TOO_LARGE (an append stays under 900 KB), STORE_UNAVAILABLE.
 */
export interface EventStore {
  /** All or nothing. Repeating it with the same ids and expectation returns the first result. */
  append(streamId: string, events: readonly EventToAppend[], expected: ExpectedRevision): Promise<AppendResult>;

  /** Empty for a stream that never was; STREAM_DELETED for one that was deleted. */
  readStream(streamId: string, options?: ReadStreamOptions): AsyncIterable<RecordedEvent>;

  /** Reads the log once, up to what is its end now, batch by batch; the last batch has `caughtUp`. */
  readLog(options?: ReadLogOptions): AsyncIterable<LogBatch>;

  /**
   * Follows the log for ever: one batch in flight, the next one is fetched when the caller asks for it.
   * Survives lost connections by resuming after the last batch it handed out; ends when the signal is aborted.
   */
  subscribe(options: SubscribeOptions): AsyncIterable<LogBatch>;

  /** For good: reads and appends give STREAM_DELETED afterwards. Deleting twice is harmless. */
  deleteStream(streamId: string, expected: ExpectedRevision): Promise<void>;

  /** The end of the log that a reader could reach now. */
  head(): Promise<LogPosition>;

  close(): Promise<void>;
}
