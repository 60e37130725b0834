import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { decodeEvent } from '@harmony/contracts';
import { freshName } from '../contract-suite/events.js';
import { batchesOf, eventsOf, streamOf } from '../contract-suite/subject.js';
import type { ProposedEvent } from './double/log.js';
import { openFaultyStore, type FaultyStore } from '../testing/faulty-event-store-db.js';

let faulty: FaultyStore;
beforeAll(async () => {
  faulty = await openFaultyStore();
});
afterAll(() => faulty.close());

const bytes = (text: string): Uint8Array => Buffer.from(text, 'utf8');
const json = 'application/json';
const id = '0f3a2c64-5c1e-4f8e-9b1d-2f6d3a4b5c6d';

const strangers: Record<string, ProposedEvent> = {
  'without metadata': { id, type: 'Strange', contentType: json, data: bytes('{"a":1}'), metadata: bytes('') },
  'with metadata of another kind': {
    id,
    type: 'Strange',
    contentType: json,
    data: bytes('{}'),
    metadata: bytes('{"x":1}'),
  },
  'with metadata that is not JSON': {
    id,
    type: 'Strange',
    contentType: json,
    data: bytes('{}'),
    metadata: bytes('{{{'),
  },
  'that says it is JSON and is not': {
    id,
    type: 'Strange',
    contentType: json,
    data: bytes('{"a":'),
    metadata: bytes('{}'),
  },
  'that is binary': {
    id,
    type: 'Strange',
    contentType: 'application/octet-stream',
    data: new Uint8Array([0, 255, 1]),
    metadata: bytes(''),
  },
};

it.each(Object.entries(strangers))('an event %s is given to the reader and fails in decoding', async (_, stranger) => {
  const stream = freshName('strange');
  faulty.double.log.append(stream, [stranger], 'any');
  const [read] = await streamOf(faulty.store, stream);
  const [logged] = eventsOf(await batchesOf(faulty.store, { filter: { streamPrefixes: [stream] } }));
  expect(read).toMatchObject({ id, type: 'Strange', streamId: stream, revision: 0 });
  expect(logged).toEqual(read);
  expect(() => decodeEvent(read)).toThrow(expect.objectContaining({ code: 'UNDECODABLE_EVENT' }));
});

it('a link in a stream is given as it is, and the log leaves it out like every event of the store itself', async () => {
  const stream = freshName('linked');
  const link = { id, type: '$>', contentType: 'application/octet-stream', data: bytes('0@other'), metadata: bytes('') };
  faulty.double.log.append(stream, [link], 'any');
  expect(await streamOf(faulty.store, stream)).toMatchObject([{ type: '$>', version: 0 }]);
  expect(eventsOf(await batchesOf(faulty.store, { filter: { streamPrefixes: [stream] } }))).toEqual([]);
});
