import { expect, it } from '@jest/globals';
import { comparePositions, formatPosition, logStart, parsePosition } from '../position.js';
import { anEvent, freshName, someEvents } from './events.js';
import { batchesOf, logOnceItHas, type Subject } from './subject.js';

export function positions(subject: Subject): void {
  it('grow strictly along the log and survive being written down', async () => {
    const prefix = freshName();
    await subject().append(`${prefix}-a`, someEvents(3), 'none');
    await subject().append(`${prefix}-b`, someEvents(3), 'none');
    const log = await logOnceItHas(subject(), 6, { streamPrefixes: [prefix] });
    for (const [index, { position }] of log.entries()) {
      expect(comparePositions(position, log[index - 1]?.position ?? logStart)).toBeGreaterThan(0);
      expect(parsePosition(formatPosition(position))).toEqual(position);
    }
  });

  it('are the same in the reply to an append, in the stream and in the log', async () => {
    const stream = freshName();
    const { position } = await subject().append(stream, someEvents(2), 'none');
    const log = await logOnceItHas(subject(), 2, { streamPrefixes: [stream] });
    expect(log[1]?.position).toEqual(position);
    for await (const event of subject().readStream(stream, { direction: 'backward', limit: 1 })) {
      expect(event.position).toEqual(position);
    }
  });

  it('of the head reach a readable event, and a reader reaches the head', async () => {
    const stream = freshName();
    const { position } = await subject().append(stream, [anEvent()], 'none');
    await logOnceItHas(subject(), 1, { streamPrefixes: [stream] });
    const head = await subject().head();
    expect(comparePositions(head, position)).toBeGreaterThanOrEqual(0);
    const end = (await batchesOf(subject(), { after: position })).at(-1)?.scannedTo ?? logStart;
    expect(comparePositions(end, head)).toBeGreaterThanOrEqual(0);
  });
}
