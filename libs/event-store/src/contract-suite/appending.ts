import { expect, it } from '@jest/globals';
import type { ExpectedRevision } from '../port.js';
import { anEvent, freshName, someEvents } from './events.js';
import { idsOf, streamOf, type Subject } from './subject.js';

export function appending(subject: Subject): void {
  it('gives events revisions from 0 without gaps, and reports the last one', async () => {
    const stream = freshName();
    const first = await subject().append(stream, someEvents(3), 'none');
    const second = await subject().append(stream, someEvents(2), 2);
    expect(first).toMatchObject({ revision: 2, repeated: false });
    expect(second).toMatchObject({ revision: 4, repeated: false });
    const events = await streamOf(subject(), stream);
    expect(events.map((event) => event.revision)).toEqual([0, 1, 2, 3, 4]);
    expect(events.at(-1)?.position).toEqual(second.position);
  });

  const accepted: [ExpectedRevision, number][] = [
    ['any', 0],
    ['any', 2],
    ['none', 0],
    ['exists', 1],
    [1, 2],
  ];
  it.each(accepted)('accepts expectation %p on a stream of %i events', async (expected, length) => {
    const stream = freshName();
    if (length > 0) await subject().append(stream, someEvents(length), 'none');
    await expect(subject().append(stream, [anEvent()], expected)).resolves.toMatchObject({ revision: length });
  });

  const refused: [ExpectedRevision, number, number | 'none'][] = [
    ['none', 2, 1],
    ['exists', 0, 'none'],
    [0, 0, 'none'],
    [0, 2, 1],
    [5, 2, 1],
  ];
  it.each(refused)(
    'refuses expectation %p on a stream of %i events and names the actual revision %p',
    async (expected, length, actual) => {
      const stream = freshName();
      if (length > 0) await subject().append(stream, someEvents(length), 'none');
      await expect(subject().append(stream, someEvents(2), expected)).rejects.toMatchObject({
        code: 'WRONG_EXPECTED_REVISION',
        facts: { expected, actual },
      });
      expect(await streamOf(subject(), stream)).toHaveLength(length);
    },
  );

  it('lets exactly one of 32 concurrent appends with the same expectation win, and loses none of its events', async () => {
    const stream = freshName();
    await subject().append(stream, [anEvent()], 'none');
    const attempts = Array.from({ length: 32 }, () => someEvents(2));
    const outcomes = await Promise.allSettled(attempts.map((events) => subject().append(stream, events, 0)));
    const winners = attempts.filter((_, index) => outcomes[index]?.status === 'fulfilled');
    expect(winners).toHaveLength(1);
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'WRONG_EXPECTED_REVISION' });
    }
    expect(idsOf((await streamOf(subject(), stream)).slice(1))).toEqual(idsOf(winners.flat()));
  });

  it('keeps every one of 32 concurrent appends without an expectation, each one whole', async () => {
    const stream = freshName();
    const attempts = Array.from({ length: 32 }, () => someEvents(2));
    await Promise.all(attempts.map((events) => subject().append(stream, events, 'any')));
    const ids = idsOf(await streamOf(subject(), stream));
    expect(ids).toHaveLength(64);
    for (const [first, second] of attempts.map(idsOf)) expect(ids[ids.indexOf(first ?? '') + 1]).toBe(second);
  });

  it('refuses an event over the size limit and writes nothing', async () => {
    const stream = freshName();
    const events = [anEvent(), anEvent({ data: { text: 'x'.repeat(950_000) } })];
    await expect(subject().append(stream, events, 'none')).rejects.toMatchObject({ code: 'EVENT_TOO_LARGE' });
    expect(await streamOf(subject(), stream)).toEqual([]);
  });

  it('counts the events of an append together, in bytes and not in characters', async () => {
    const events = someEvents(4, { data: { text: 'ü'.repeat(125_000) } });
    await expect(subject().append(freshName(), events, 'none')).rejects.toMatchObject({ code: 'EVENT_TOO_LARGE' });
  });

  it('takes an append just under the size limit', async () => {
    const stream = freshName();
    const data = { text: 'x'.repeat(850_000) };
    await subject().append(stream, [anEvent({ data })], 'none');
    expect((await streamOf(subject(), stream))[0]?.data).toEqual(data);
  });

  it('gives back envelope and data as they were, to the byte', async () => {
    const stream = freshName();
    const event = anEvent({
      version: 3,
      actor: { kind: 'USER', id: 'müller' },
      correlationId: 'why: "quoted" \\ back',
      data: {
        text: 'naïve 日本語 🎧 e\u0301 \u2028 line\nbreak \t "quotes" \\ </script>',
        numbers: [0, -1, 1.5, 1e21, 9_007_199_254_740_991],
        nested: { empty: {}, list: [[], [null, true, false]], '': 'empty key', ключ: { deep: [{ er: 1 }] } },
      },
    });
    await subject().append(stream, [event], 'none');
    const [recorded] = await streamOf(subject(), stream);
    if (!recorded) throw new Error('The stream is empty.');
    const { streamId, revision, position, recordedAt, bytes, ...given } = recorded;
    expect(given).toEqual(event);
    expect(JSON.stringify(given.data)).toHaveLength(JSON.stringify(event.data).length);
    expect({ streamId, revision }).toEqual({ streamId: stream, revision: 0 });
    expect(bytes ?? Infinity).toBeGreaterThanOrEqual(Buffer.byteLength(JSON.stringify(event.data)));
    expect(position.major).toBeGreaterThanOrEqual(0n);
    expect(new Date(recordedAt).toISOString()).toBe(recordedAt);
  });
}
