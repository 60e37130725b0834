import { expect, it } from '@jest/globals';
import type { ExpectedRevision } from '../port.js';
import { anEvent, freshName, someEvents } from './events.js';
import { batchesOf, eventsOf, idsOf, logOnceItHas, streamOf, type Subject } from './subject.js';

export function deleting(subject: Subject, erasesAtOnce: boolean): void {
  it.each<ExpectedRevision>(['any', 'exists', 1])(
    'with expectation %p makes it refuse reads and appends for good',
    async (expected) => {
      const stream = freshName();
      await subject().append(stream, someEvents(2), 'none');
      await subject().deleteStream(stream, expected);
      const deleted = { code: 'STREAM_DELETED' };
      await expect(streamOf(subject(), stream)).rejects.toMatchObject(deleted);
      await expect(streamOf(subject(), stream, { direction: 'backward', limit: 1 })).rejects.toMatchObject(deleted);
      for (const again of ['any', 'none', 'exists', 1] as const) {
        await expect(subject().append(stream, [anEvent()], again)).rejects.toMatchObject(deleted);
      }
    },
  );

  it('twice is harmless, whatever is expected', async () => {
    const stream = freshName();
    await subject().append(stream, [anEvent()], 'none');
    await subject().deleteStream(stream, 0);
    await subject().deleteStream(stream, 0);
    await subject().deleteStream(stream, 'any');
    await expect(streamOf(subject(), stream)).rejects.toMatchObject({ code: 'STREAM_DELETED' });
  });

  it.each<ExpectedRevision>([0, 5, 'none'])(
    'with the wrong expectation %p is refused and changes nothing',
    async (expected) => {
      const stream = freshName();
      await subject().append(stream, someEvents(2), 'none');
      await expect(subject().deleteStream(stream, expected)).rejects.toMatchObject({
        code: 'WRONG_EXPECTED_REVISION',
        facts: { expected, actual: 1 },
      });
      expect(await streamOf(subject(), stream)).toHaveLength(2);
    },
  );

  it('leaves its neighbours alone', async () => {
    const prefix = freshName();
    await subject().append(prefix, [anEvent()], 'none');
    await subject().append(`${prefix}-neighbour`, [anEvent()], 'none');
    await subject().deleteStream(prefix, 'any');
    expect(await streamOf(subject(), `${prefix}-neighbour`)).toHaveLength(1);
  });

  it(`${erasesAtOnce ? 'takes its events out of the log' : 'shows nothing but its own events in the log until the store removes them'}`, async () => {
    const prefix = freshName();
    const filter = { streamPrefixes: [prefix] };
    const [kept, gone] = [someEvents(2), someEvents(2)];
    await subject().append(`${prefix}-gone`, gone, 'none');
    await subject().append(`${prefix}-kept`, kept, 'none');
    await logOnceItHas(subject(), 4, filter);
    await subject().deleteStream(`${prefix}-gone`, 1);
    const left = new Set(idsOf(eventsOf(await batchesOf(subject(), { filter }))));
    const allowed = new Set(idsOf(erasesAtOnce ? kept : [...kept, ...gone]));
    expect([...left].filter((id) => !allowed.has(id))).toEqual([]);
    expect(idsOf(kept).filter((id) => !left.has(id))).toEqual([]);
  });
}
