import { expect, it } from '@jest/globals';
import { comparePositions, logStart, type LogPosition } from '../position.js';
import { anEvent, freshName, someEvents } from './events.js';
import { follow } from './follower.js';
import { idsOf, logOnceItHas, type Subject } from './subject.js';

export function followingTheLog(subject: Subject): void {
  it('from the start gives what is there, says that it caught up, and goes on with what comes', async () => {
    const prefix = freshName();
    const [before, live] = [someEvents(12), someEvents(3)];
    await subject().append(`${prefix}-a`, before, 'none');
    const follower = follow(subject(), { after: logStart, batchSize: 5, filter: { streamPrefixes: [prefix] } });
    await follower.until(({ events, batches }) => events.length === 12 && batches.at(-1)?.caughtUp === true);
    for (const event of live) await subject().append(`${prefix}-b`, [event], 'any');
    await follower.until(({ events }) => events.length >= 15);
    await follower.stop();
    expect(idsOf(follower.events)).toEqual(idsOf([...before, ...live]));
    for (const batch of follower.batches) expect(batch.events.length).toBeLessThanOrEqual(5);
  });

  it('from a position gives only what comes after it', async () => {
    const prefix = freshName();
    const filter = { streamPrefixes: [prefix] };
    await subject().append(`${prefix}-a`, someEvents(6), 'none');
    const all = await logOnceItHas(subject(), 6, filter);
    const follower = follow(subject(), { after: all[2]?.position ?? logStart, filter });
    await follower.until(({ events }) => events.length >= 3);
    await follower.stop();
    expect(idsOf(follower.events)).toEqual(idsOf(all.slice(3)));
  });

  it('from the end gives nothing old', async () => {
    const prefix = freshName();
    const filter = { streamPrefixes: [prefix] };
    await subject().append(`${prefix}-a`, someEvents(3), 'none');
    await logOnceItHas(subject(), 3, filter);
    const follower = follow(subject(), { after: 'end', filter });
    await follower.until(({ batches }) => batches.some((batch) => batch.caughtUp));
    const live = anEvent();
    await subject().append(`${prefix}-a`, [live], 2);
    await follower.until(({ events }) => events.length >= 1);
    await follower.stop();
    expect(idsOf(follower.events)).toEqual([live.id]);
  });

  it('says that it caught up and how far it scanned although nothing ever matched', async () => {
    const head = await subject().head();
    const follower = follow(subject(), { after: logStart, filter: { streamPrefixes: [freshName()] } });
    await follower.until(({ batches }) => batches.some((batch) => batch.caughtUp));
    await follower.stop();
    expect(comparePositions(follower.batches.at(-1)?.scannedTo ?? logStart, head)).toBeGreaterThanOrEqual(0);
    expect(follower.events).toEqual([]);
  });

  it('finds a match right after the place that it had scanned to in a quiet stretch', async () => {
    const prefix = freshName();
    const filter = { streamPrefixes: [prefix] };
    await subject().append(freshName('other'), someEvents(300), 'none');
    const quiet = follow(subject(), { after: logStart, filter });
    await quiet.until(({ batches }) => batches.some((batch) => batch.caughtUp));
    await quiet.stop();
    const match = anEvent();
    await subject().append(`${prefix}-a`, [match], 'none');
    const resumed = follow(subject(), { after: quiet.batches.at(-1)?.scannedTo ?? logStart, filter });
    await resumed.until(({ events }) => events.length >= 1);
    await resumed.stop();
    expect(idsOf(resumed.events)).toEqual([match.id]);
  });

  it('never runs ahead of a slow consumer: whoever stops after a batch resumes with the very next event', async () => {
    const prefix = freshName();
    const filter = { streamPrefixes: [prefix] };
    for (let index = 0; index < 4; index += 1) await subject().append(`${prefix}-${index}`, someEvents(40), 'none');
    const all = await logOnceItHas(subject(), 160, filter);
    const handled: string[] = [];
    let after: LogPosition = logStart;
    for (let caughtUp = false; !caughtUp;) {
      const ending = new AbortController();
      for await (const batch of subject().subscribe({ after, filter, batchSize: 25, signal: ending.signal })) {
        await subject().append(prefix.replace('thing', 'noise'), someEvents(1), 'any');
        handled.push(...idsOf(batch.events));
        ({ scannedTo: after, caughtUp } = batch);
        if (caughtUp || batch.events.length > 0) break;
      }
      ending.abort();
    }
    expect(handled).toEqual(idsOf(all));
  });

  it('gives a consumer that is slower than the writers every event once and in order', async () => {
    const prefix = freshName();
    const filter = { streamPrefixes: [prefix] };
    const follower = follow(subject(), { after: 'end', filter, batchSize: 8 }, async () => {
      for (let reads = 0; reads < 5; reads += 1) await subject().head();
    });
    await follower.until(({ batches }) => batches.some((batch) => batch.caughtUp));
    const writers = Array.from({ length: 4 }, async (_, writer) => {
      for (let index = 0; index < 25; index += 1) await subject().append(`${prefix}-${writer}`, someEvents(3), 'any');
    });
    await Promise.all(writers);
    await follower.until(({ events }) => events.length >= 300);
    await follower.stop();
    expect(idsOf(follower.events)).toEqual(idsOf(await logOnceItHas(subject(), 300, filter)));
  });

  it('gives several followers the same events, each by its own filter', async () => {
    const prefix = freshName();
    const streamPrefixes = [prefix];
    const everything = follow(subject(), { after: logStart, filter: { streamPrefixes } });
    const rare = follow(subject(), { after: logStart, filter: { streamPrefixes, types: ['Rare'] } });
    const events = someEvents(20).map((event, index) => (index % 10 === 0 ? { ...event, type: 'Rare' } : event));
    for (const event of events) await subject().append(`${prefix}-a`, [event], 'any');
    await everything.until((follower) => follower.events.length >= 20);
    await rare.until((follower) => follower.events.length >= 2);
    await Promise.all([everything.stop(), rare.stop()]);
    expect(idsOf(everything.events)).toEqual(idsOf(events));
    expect(idsOf(rare.events)).toEqual(idsOf(events.filter((event) => event.type === 'Rare')));
  });

  it('ends without an error when it is aborted while it waits', async () => {
    const follower = follow(subject(), { after: 'end', filter: { streamPrefixes: [freshName()] } });
    await follower.until(({ batches }) => batches.some((batch) => batch.caughtUp));
    await follower.stop();
  });

  it('gives nothing when it was aborted before it began', async () => {
    for await (const batch of subject().subscribe({ after: logStart, signal: AbortSignal.abort() })) {
      expect(batch).toBe('never handed out');
    }
  });
}
