import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { LogBatch, LogFilter, RecordedEvent } from '../../port.js';
import type { LogPosition } from '../../position.js';
import { LogTail } from './log-tail.js';

const at = (major: number): LogPosition => ({ major: BigInt(major), minor: 0n });
const event = (major: number): RecordedEvent =>
  ({
    type: major % 2 ? 'Odd' : 'Even',
    streamId: `stream-${major % 3}`,
    position: at(major),
    bytes: 10,
  }) as RecordedEvent;
const numbers = (batches: readonly LogBatch[] | undefined) =>
  batches?.flatMap(({ events }) => events.map(({ position }) => Number(position.major)));

/** A log of numbered events whose statements are counted and can be held up. */
class CountedLog {
  length = 0;
  seen = 0;
  statements = { end: 0, since: 0, read: 0 };
  held: Promise<void> = Promise.resolve();
  now = 0;

  append(count: number): void {
    this.length += count;
    this.seen += 1;
  }

  end = async () => {
    this.statements.end += 1;
    const position = at(this.length);
    await this.held;
    return { position, pending: false };
  };

  since = async (after: LogPosition, limit: number) => {
    this.statements.since += 1;
    const all = this.between(after, at(this.length));
    await this.held;
    const events = all.slice(0, limit);
    const end = { position: events.at(-1)?.position ?? after, pending: false };
    return { events, end, whole: events.length < limit };
  };

  async *read(after: LogPosition, end: LogPosition) {
    this.statements.read += 1;
    await this.held;
    yield { events: this.between(after, end), scannedTo: end, caughtUp: true };
  }

  private between(after: LogPosition, end: LogPosition): RecordedEvent[] {
    const count = Math.max(0, Number(end.major - after.major));
    return Array.from({ length: count }, (_, index) => event(Number(after.major) + index + 1));
  }
}

function tailOf(log: CountedLog, followers = 5, paceMs = 0): LogTail {
  const tail = new LogTail(log, log, paceMs, () => log.now);
  tail.followers = followers;
  return tail;
}

describe('The tail of the log', () => {
  it('is read once for everybody who wakes up at the same time', async () => {
    // Given five followers at the end of the log
    const log = new CountedLog();
    const tail = tailOf(log);
    await tail.grow();
    // When they wake up for two new events
    log.append(2);
    const ends = await Promise.all(Array.from({ length: 5 }, () => tail.grow()));
    // Then each gets them, for one statement more
    for (const { position } of ends) expect(numbers(tail.read(at(0), position, {}, 100))).toEqual([1, 2]);
    expect(log.statements).toEqual({ end: 1, since: 1, read: 0 });
  });

  it('never answers with a look that began before the latest wake-up', async () => {
    const log = new CountedLog();
    const tail = tailOf(log);
    let letGo: () => void = () => undefined;
    log.held = new Promise((resolve) => (letGo = resolve));
    // Given a look at the end that takes long
    const early = tail.grow();
    while (log.statements.end === 0) await Promise.resolve();
    // When an event comes meanwhile, and somebody wakes up for it
    log.append(1);
    const late = tail.grow();
    letGo();
    // Then the earlier one did not see it, and the later one does
    expect((await early).position).toEqual(at(0));
    expect((await late).position).toEqual(at(1));
  });

  it('is read at once after a rest, and else in one look for all that came within its pace', async () => {
    // Given a tail that just found something
    const log = new CountedLog();
    const tail = tailOf(log, 5, 200);
    await tail.grow();
    log.append(1);
    await tail.grow();
    // When two events come one after the other, each with somebody who wakes up for it
    log.append(1);
    const early = tail.grow();
    await nextTurn();
    log.append(1);
    const late = tail.grow();
    // Then one look finds both, and says which wake-ups it answers
    expect(await early).toMatchObject({ position: at(3), seen: 3 });
    expect(await late).toMatchObject({ position: at(3), seen: 3 });
    expect(log.statements.since).toBe(2);
    // And what comes after a rest, or after a look that found nothing, is looked for at once
    log.now += 200;
    await tail.grow();
    log.append(1);
    const rested = tail.grow();
    await nextTurn();
    expect(log.statements.since).toBe(4);
    expect((await rested).position).toEqual(at(4));
  });

  it('gives what a filter lets through, in batches, whatever was asked before', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 95, max: 250 })), {
          minLength: 1,
          maxLength: 8,
        }),
        fc.nat(400),
        fc.constantFrom<LogFilter>({}, { types: ['Odd'] }, { streamPrefixes: ['stream-1'] }, { types: [] }),
        fc.integer({ min: 1, max: 50 }),
        async (appends, place, filter, batchSize) => {
          const log = new CountedLog();
          const tail = tailOf(log);
          await tail.grow();
          for (const count of appends) {
            log.append(count);
            await tail.grow();
          }
          const end = at(log.length);
          const after = at(Math.min(place, log.length));
          const batches = tail.read(after, end, filter, batchSize) ?? [];
          const all = Array.from({ length: log.length }, (_, index) => event(index + 1));
          const wanted = all.filter(
            ({ position, type, streamId }) =>
              position.major > after.major &&
              (filter.types?.includes(type) ?? true) &&
              (filter.streamPrefixes?.some((prefix) => streamId.startsWith(prefix)) ?? true),
          );
          expect(numbers(batches)).toEqual(wanted.map(({ position }) => Number(position.major)));
          expect(batches.map(({ caughtUp }) => caughtUp)).toEqual(
            batches.map((_, index) => index === batches.length - 1),
          );
          expect(batches.at(-1)?.scannedTo).toEqual(end);
          for (const { events } of batches) expect(events.length).toBeLessThanOrEqual(batchSize);
        },
      ),
    );
  });

  it('keeps no more than its share, and sends those who are behind to the log', async () => {
    const log = new CountedLog();
    const tail = tailOf(log);
    await tail.grow();
    for (let append = 0; append < 5; append += 1) {
      log.append(900);
      await tail.grow();
    }
    const end = at(log.length);
    expect(tail.read(at(0), end, {}, 100)).toBeUndefined();
    expect(numbers(tail.read(at(4_000), end, {}, 100))).toHaveLength(500);
  });

  it('leaves a large jump to the log, and goes on behind it', async () => {
    const log = new CountedLog();
    const tail = tailOf(log);
    await tail.grow();
    log.append(10_000);
    const { position } = await tail.grow();
    expect(tail.read(at(9_999), position, {}, 100)).toBeUndefined();
    expect(numbers(tail.read(position, position, {}, 100))).toEqual([]);
    log.append(1);
    expect(numbers(tail.read(position, (await tail.grow()).position, {}, 100))).toEqual([10_001]);
  });

  it('reads nothing for few followers, who filter for themselves', async () => {
    const log = new CountedLog();
    const tail = tailOf(log, 2);
    await tail.grow();
    log.append(1);
    const { position } = await tail.grow();
    expect(log.statements).toEqual({ end: 2, since: 0, read: 0 });
    expect(tail.read(at(0), position, {}, 100)).toBeUndefined();
  });

  it('holds nothing that may have been deleted', async () => {
    const log = new CountedLog();
    const tail = tailOf(log);
    await tail.grow();
    log.append(3);
    const { position } = await tail.grow();
    tail.forget();
    expect(tail.read(at(0), position, {}, 100)).toBeUndefined();
  });

  it.each([3, 150])('keeps nothing of %d events that may have been deleted while they were read', async (count) => {
    const log = new CountedLog();
    const tail = tailOf(log);
    await tail.grow();
    // Given a look that has read the new events, and is not done
    let letGo: () => void = () => undefined;
    log.append(count);
    log.held = new Promise((resolve) => (letGo = resolve));
    const looking = tail.grow();
    while (log.statements.since === 0) await Promise.resolve();
    // When one of their streams is deleted
    tail.forget();
    letGo();
    const { position } = await looking;
    // Then whoever wants them reads the log itself, and what comes later is in memory again
    expect(tail.read(at(0), position, {}, 100)).toBeUndefined();
    log.append(1);
    expect(numbers(tail.read(position, (await tail.grow()).position, {}, 100))).toEqual([count + 1]);
  });

  it('keeps nothing for long, however much is written', async () => {
    const log = new CountedLog();
    const tail = tailOf(log);
    await tail.grow();
    for (let second = 1; second <= 8; second += 1) {
      log.append(1);
      log.now = second * 1_000;
      await tail.grow();
    }
    expect(tail.read(at(1), at(8), {}, 100)).toBeUndefined();
    expect(numbers(tail.read(at(3), at(8), {}, 100))).toEqual([4, 5, 6, 7, 8]);
    log.now += 6_000;
    await tail.grow();
    expect(tail.read(at(7), at(8), {}, 100)).toBeUndefined();
    expect(numbers(tail.read(at(8), at(8), {}, 100))).toEqual([]);
  });

  it('asks again after a failure', async () => {
    const log = new CountedLog();
    const tail = tailOf(log);
    log.held = Promise.reject(new Error('down'));
    await expect(Promise.all([tail.grow(), tail.grow()])).rejects.toThrow('down');
    log.held = Promise.resolve();
    await tail.grow();
    log.held = Promise.reject(new Error('down'));
    await expect(tail.grow()).rejects.toThrow('down');
    log.held = Promise.resolve();
    log.append(1);
    expect((await tail.grow()).position).toEqual(at(1));
  });
});
