import { expect, it } from '@jest/globals';
import { comparePositions, logStart } from '../position.js';
import { anEvent, freshName, someEvents } from './events.js';
import { batchesOf, eventsOf, idsOf, logOnceItHas, type Subject } from './subject.js';

export function readingTheLog(subject: Subject): void {
  it('gives batches no larger than asked, in order, and ends with one that is caught up', async () => {
    const prefix = freshName();
    await subject().append(`${prefix}-a`, someEvents(25), 'none');
    const filter = { streamPrefixes: [prefix] };
    const events = await logOnceItHas(subject(), 25, filter);
    const batches = await batchesOf(subject(), { filter, batchSize: 10 });
    expect(eventsOf(batches)).toEqual(events);
    for (const batch of batches) expect(batch.events.length).toBeLessThanOrEqual(10);
    expect(batches.filter((batch) => batch.caughtUp)).toEqual([batches.at(-1)]);
  });

  it('never claims to have scanned less than it gave, and never goes back', async () => {
    const prefix = freshName();
    await subject().append(`${prefix}-a`, someEvents(25), 'none');
    await logOnceItHas(subject(), 25, { streamPrefixes: [prefix] });
    let scannedTo = logStart;
    for (const batch of await batchesOf(subject(), { filter: { streamPrefixes: [prefix] }, batchSize: 4 })) {
      for (const { position } of batch.events) {
        expect(comparePositions(position, scannedTo)).toBeGreaterThan(0);
        expect(comparePositions(position, batch.scannedTo)).toBeLessThanOrEqual(0);
      }
      expect(comparePositions(batch.scannedTo, scannedTo)).toBeGreaterThanOrEqual(0);
      scannedTo = batch.scannedTo;
    }
  });

  it('filters by type exactly, by stream prefix, and by both together', async () => {
    const prefix = freshName();
    await subject().append(`${prefix}-one`, [anEvent({ type: 'Opened' }), anEvent({ type: 'OpenedWide' })], 'none');
    await subject().append(`${prefix}-two`, [anEvent({ type: 'Opened' }), anEvent({ type: 'Closed' })], 'none');
    await subject().append(freshName(), [anEvent({ type: 'Opened' })], 'none');
    const read = async (types: string[], streamPrefixes: string[], count: number): Promise<string[]> =>
      (await logOnceItHas(subject(), count, { types, streamPrefixes })).map(
        (e) => `${e.streamId.slice(prefix.length)} ${e.type}`,
      );
    expect(await read(['Opened'], [prefix], 2)).toEqual(['-one Opened', '-two Opened']);
    expect(await read(['Closed', 'OpenedWide'], [prefix], 2)).toEqual(['-one OpenedWide', '-two Closed']);
    expect(await read(['Opened', 'Closed'], [`${prefix}-two`, `${prefix}-three`], 2)).toEqual([
      '-two Opened',
      '-two Closed',
    ]);
    const type = `Rare${prefix.replaceAll('-', '')}`;
    const rare = anEvent({ type });
    await subject().append(freshName(), [rare], 'none');
    expect(idsOf(await logOnceItHas(subject(), 1, { types: [type] }))).toEqual([rare.id]);
  });

  it('takes a prefix literally, whatever characters it has', async () => {
    const prefix = freshName('100%_.*\\d[a]');
    await subject().append(`${prefix}-a`, someEvents(1), 'none');
    await subject().append(`100xx${prefix.slice(5)}`, someEvents(1), 'none');
    expect(await logOnceItHas(subject(), 1, { streamPrefixes: [prefix] })).toHaveLength(1);
  });

  it('without a filter gives the events of every stream and nothing of the store itself', async () => {
    const after = await subject().head();
    const events = someEvents(3);
    const prefix = freshName();
    for (const [index, event] of events.entries()) await subject().append(`${prefix}-${index}`, [event], 'none');
    await logOnceItHas(subject(), 3, { streamPrefixes: [prefix] });
    const own = new Set(idsOf(events));
    const log = eventsOf(await batchesOf(subject(), { after }));
    expect(idsOf(log).filter((id) => own.has(id))).toEqual(idsOf(events));
    expect(log.filter((event) => event.type.startsWith('$'))).toEqual([]);
  });

  it('moves scannedTo although nothing matches, and then finds a match right after it', async () => {
    const prefix = freshName();
    const filter = { streamPrefixes: [prefix] };
    await subject().append(`${prefix}-a`, [anEvent()], 'none');
    const [first] = await logOnceItHas(subject(), 1, filter);
    const others = freshName('other');
    for (let index = 0; index < 4; index += 1) await subject().append(`${others}-${index}`, someEvents(300), 'none');
    await logOnceItHas(subject(), 1200, { streamPrefixes: [others] });
    const quiet = await batchesOf(subject(), { filter, after: first?.position ?? logStart });
    const scannedTo = quiet.at(-1)?.scannedTo ?? logStart;
    expect(eventsOf(quiet)).toEqual([]);
    expect(comparePositions(scannedTo, first?.position ?? logStart)).toBeGreaterThan(0);

    const match = anEvent();
    await subject().append(`${prefix}-b`, [match], 'none');
    await logOnceItHas(subject(), 2, filter);
    expect(idsOf(eventsOf(await batchesOf(subject(), { filter, after: scannedTo })))).toEqual([match.id]);
  });

  it('resumes after any batch without losing or repeating an event', async () => {
    const prefix = freshName();
    const filter = { streamPrefixes: [prefix] };
    for (let index = 0; index < 6; index += 1) await subject().append(`${prefix}-${index}`, someEvents(5), 'none');
    const all = await logOnceItHas(subject(), 30, filter);
    const resumed: string[] = [];
    let after = logStart;
    for (let caughtUp = false; !caughtUp;) {
      for await (const batch of subject().readLog({ filter, batchSize: 7, after })) {
        resumed.push(...idsOf(batch.events));
        ({ scannedTo: after, caughtUp } = batch);
        break;
      }
    }
    expect(resumed).toEqual(idsOf(all));
  });

  it('resumes after any single event, also between events of one append', async () => {
    const prefix = freshName();
    const filter = { streamPrefixes: [prefix] };
    await subject().append(`${prefix}-a`, someEvents(4), 'none');
    await subject().append(`${prefix}-b`, someEvents(4), 'none');
    const all = await logOnceItHas(subject(), 8, filter);
    for (const [index, { position }] of all.entries()) {
      expect(idsOf(eventsOf(await batchesOf(subject(), { filter, after: position })))).toEqual(
        idsOf(all.slice(index + 1)),
      );
    }
  });

  it('keeps the order of every stream while many writers append at once', async () => {
    const prefix = freshName();
    const streams = Array.from({ length: 4 }, (_, index) => `${prefix}-${index}`);
    const writer = async (): Promise<void> => {
      for (let round = 0; round < 10; round += 1) {
        for (const stream of streams) await subject().append(stream, someEvents(1), 'any');
      }
    };
    await Promise.all(Array.from({ length: 8 }, writer));
    const log = await logOnceItHas(subject(), 320, { streamPrefixes: [prefix] });
    for (const stream of streams) {
      const revisions = log.filter((event) => event.streamId === stream).map((event) => event.revision);
      expect(revisions).toEqual(Array.from({ length: 80 }, (_, index) => index));
    }
  });
}
