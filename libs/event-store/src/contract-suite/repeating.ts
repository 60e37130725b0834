import { expect, it } from '@jest/globals';
import type { ExpectedRevision } from '../port.js';
import { anEvent, freshName, someEvents } from './events.js';
import { idsOf, streamOf, type Subject } from './subject.js';

export function repeating(subject: Subject): void {
  it.each<ExpectedRevision>(['none', 1])(
    'with the same ids and expectation %p returns the first result and writes nothing',
    async (expected) => {
      const stream = freshName();
      if (expected !== 'none') await subject().append(stream, someEvents(2), 'none');
      const events = someEvents(3);
      const first = await subject().append(stream, events, expected);
      const again = await subject().append(stream, events, expected);
      expect(first.repeated).toBe(false);
      expect(again).toEqual({ ...first, repeated: true });
      expect(idsOf(await streamOf(subject(), stream)).slice(-3)).toEqual(idsOf(events));
      expect(await streamOf(subject(), stream)).toHaveLength(first.revision + 1);
    },
  );

  it('returns the first result also when the stream has grown since', async () => {
    const stream = freshName();
    const events = someEvents(2);
    const first = await subject().append(stream, events, 'none');
    await subject().append(stream, someEvents(2), 1);
    expect(await subject().append(stream, events, 'none')).toEqual({ ...first, repeated: true });
    expect(await streamOf(subject(), stream)).toHaveLength(4);
  });

  it('right away without an expectation writes nothing either', async () => {
    const stream = freshName();
    const events = someEvents(2);
    const first = await subject().append(stream, events, 'any');
    expect(await subject().append(stream, events, 'any')).toEqual({ ...first, repeated: true });
    expect(await streamOf(subject(), stream)).toHaveLength(2);
  });

  it('at the same time from two callers writes the events once and tells exactly one that it repeated', async () => {
    const stream = freshName();
    const events = someEvents(2);
    const results = await Promise.all([
      subject().append(stream, events, 'none'),
      subject().append(stream, events, 'none'),
    ]);
    expect(results.map((result) => result.repeated).sort()).toEqual([false, true]);
    expect(results[0]).toEqual({ ...results[1], repeated: results[0].repeated });
    expect(await streamOf(subject(), stream)).toHaveLength(2);
  });

  it('with a different grouping of the events is refused and writes nothing', async () => {
    const stream = freshName();
    const [a, b, c] = [anEvent(), anEvent(), anEvent()];
    await subject().append(stream, [a, b], 'none');
    const wrong = { code: 'WRONG_EXPECTED_REVISION', facts: { actual: 1 } };
    await expect(subject().append(stream, [b, c], 0)).rejects.toMatchObject(wrong);
    await expect(subject().append(stream, [a, b, c], 'none')).rejects.toMatchObject(wrong);
    await expect(subject().append(stream, [b, a], 'none')).rejects.toMatchObject(wrong);
    expect(idsOf(await streamOf(subject(), stream))).toEqual([a.id, b.id]);
  });

  it('in another stream is a different append', async () => {
    const events = someEvents(2);
    await subject().append(freshName(), events, 'none');
    const elsewhere = freshName();
    await expect(subject().append(elsewhere, events, 'none')).resolves.toMatchObject({ repeated: false });
    expect(idsOf(await streamOf(subject(), elsewhere))).toEqual(idsOf(events));
  });
}
