import { EventEmitter } from 'node:events';

/** An event as the server keeps it. */
export interface StoredEvent {
  readonly id: string;
  readonly streamId: string;
  readonly revision: bigint;
  readonly type: string;
  readonly contentType: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
  /** .NET ticks of 100 ns since 1970, which is what the wire carries. */
  readonly created: bigint;
  readonly commit: bigint;
  readonly prepare: bigint;
}

export type ProposedEvent = Pick<StoredEvent, 'id' | 'type' | 'contentType' | 'data' | 'metadata'>;

export type Expectation = 'any' | 'none' | 'exists' | bigint;

export type Outcome =
  | { readonly kind: 'written' | 'repeated'; readonly revision: bigint }
  | { readonly kind: 'wrong-expectation'; readonly actual: bigint | undefined }
  | { readonly kind: 'deleted' };

/** The revision that the server gives to a tombstone. */
const tombstoneRevision = 0x7fffffffffffffffn;

/**
 * The rules of the real log, in memory: who may append, what counts as a repetition, and positions that are byte
 * offsets. Events of one append share the commit position and differ in the prepare position.
 */
export class InMemoryLog {
  readonly all: StoredEvent[] = [];
  private readonly streams = new Map<string, StoredEvent[]>();
  private readonly deleted = new Set<string>();
  private readonly growth = new EventEmitter().setMaxListeners(0);
  private offset = 0n;

  constructor() {
    // As on a real server, the log does not begin with an event of ours.
    const [data, metadata] = [new Uint8Array(), new Uint8Array()];
    const id = '00000000-0000-4000-8000-000000000001';
    this.write('$users', [{ id, type: '$UserCreated', contentType: 'application/json', data, metadata }], 0n);
  }

  /** Undefined for a stream that never was. */
  stream(streamId: string): readonly StoredEvent[] | undefined {
    return this.streams.get(streamId);
  }

  isDeleted = (streamId: string): boolean => this.deleted.has(streamId);

  append(streamId: string, proposed: readonly ProposedEvent[], expectation: Expectation): Outcome {
    if (this.deleted.has(streamId)) return { kind: 'deleted' };
    const events = this.streams.get(streamId) ?? [];
    const repeated = this.repetition(events, proposed, expectation);
    if (repeated !== undefined) return { kind: 'repeated', revision: repeated };
    if (!this.holds(events, expectation) || this.startsAsRepetition(events, proposed, expectation)) {
      return { kind: 'wrong-expectation', actual: events.at(-1)?.revision };
    }
    this.write(streamId, proposed, BigInt(events.length));
    return { kind: 'written', revision: BigInt(events.length + proposed.length - 1) };
  }

  tombstone(streamId: string, expectation: Expectation): Outcome {
    if (this.deleted.has(streamId)) return { kind: 'deleted' };
    const events = this.streams.get(streamId) ?? [];
    if (!this.holds(events, expectation)) return { kind: 'wrong-expectation', actual: events.at(-1)?.revision };
    const nothing = new Uint8Array();
    const id = '00000000-0000-4000-8000-000000000000';
    this.write(
      streamId,
      [{ id, type: '$streamDeleted', contentType: '', data: nothing, metadata: nothing }],
      tombstoneRevision,
    );
    this.deleted.add(streamId);
    return { kind: 'written', revision: tombstoneRevision };
  }

  /** Calls back after each append, until the returned function is called. */
  onGrowth(listener: () => void): () => void {
    this.growth.on('growth', listener);
    return () => this.growth.off('growth', listener);
  }

  private holds(events: readonly StoredEvent[], expectation: Expectation): boolean {
    if (expectation === 'any') return true;
    if (expectation === 'none') return events.length === 0;
    if (expectation === 'exists') return events.length > 0;
    return BigInt(events.length) - 1n === expectation;
  }

  /** The last revision of an earlier append of exactly these events in this place. */
  private repetition(
    events: readonly StoredEvent[],
    proposed: readonly ProposedEvent[],
    expectation: Expectation,
  ): bigint | undefined {
    const first = this.firstIndex(events, proposed, expectation);
    const same = proposed.every(({ id }, index) => events[first + index]?.id === id);
    return first >= 0 && proposed.length > 0 && same ? BigInt(first + proposed.length - 1) : undefined;
  }

  private startsAsRepetition(
    events: readonly StoredEvent[],
    proposed: readonly ProposedEvent[],
    expectation: Expectation,
  ): boolean {
    const first = this.firstIndex(events, proposed, expectation);
    return first >= 0 && events[first] !== undefined && events[first].id === proposed[0]?.id;
  }

  private firstIndex(
    events: readonly StoredEvent[],
    proposed: readonly ProposedEvent[],
    expectation: Expectation,
  ): number {
    if (expectation === 'none') return 0;
    if (typeof expectation === 'bigint') return Number(expectation) + 1;
    return events.findIndex(({ id }) => id === proposed[0]?.id);
  }

  private write(streamId: string, proposed: readonly ProposedEvent[], firstRevision: bigint): void {
    const prepares = proposed.map(({ data, metadata }) => {
      const prepare = this.offset;
      this.offset += BigInt(64 + data.length + metadata.length);
      return prepare;
    });
    const commit = prepares.at(-1) ?? this.offset;
    const created = BigInt(Date.now()) * 10_000n;
    const events = proposed.map((event, index): StoredEvent => {
      const revision = firstRevision + BigInt(index);
      return { ...event, streamId, revision, created, commit, prepare: prepares[index] ?? commit };
    });
    this.all.push(...events);
    this.streams.set(streamId, [...(this.streams.get(streamId) ?? []), ...events]);
    this.growth.emit('growth');
  }
}
