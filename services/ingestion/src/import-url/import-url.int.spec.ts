import type { Principal } from '@harmony/access';
import { HarmonyError, streams } from '@harmony/contracts';
import { lastPosition } from '@harmony/event-store/testing';
import { fact, newId } from '@harmony/kernel';
import { eventually, wavOf } from '@harmony/testing';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { createHash } from 'node:crypto';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ChangeController } from '../api/change.controller.js';
import { ConversationController } from '../api/conversation.controller.js';
import { ImportUrlController } from '../api/import-url.controller.js';
import { ImportUrlResolver } from '../api/import-url.resolver.js';
import { TranscriptController } from '../api/transcript.controller.js';
import type { ConversationView } from '../read-model/conversation-row.js';
import {
  requestBy,
  startIngestion,
  type RunningIngestion,
  type SampleWorkspace,
} from '../testing/running-ingestion.js';

jest.setTimeout(120_000);

const sound = wavOf(200_000);
const pages: Record<string, RequestListener> = {
  '/call.wav': (_request, response) => response.end(sound),
  '/call.srt': (_request, response) =>
    response.end('1\n00:00:01,000 --> 00:00:02,000\nAnn: Hello\n\n2\n00:00:03,000 --> 00:00:04,000\nBob: Hi\n'),
  '/sign-in': (_request, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Sign in'),
  '/picture.mp3': (_request, response) => response.end(Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')),
  '/inside': (_request, response) =>
    response.writeHead(302, { location: `http://127.0.0.2:${portOf(inside)}/call.wav` }).end(),
};

let system: RunningIngestion;
let workspace: SampleWorkspace;
let host: Server;
/** Nobody may ever connect to it. */
let inside: Server;
let connections = 0;

const portOf = (server: Server): number => (server.address() as AddressInfo).port;
const urlOf = (path: string): string => `http://127.0.0.1:${portOf(host)}${path}`;
const listen = (server: Server, address: string): Promise<void> =>
  new Promise((resolve) => server.listen(0, address, resolve));

beforeAll(async () => {
  host = createServer((request, response) => {
    const page = pages[request.url ?? ''];
    if (page) page(request, response);
    else response.writeHead(404).end();
  });
  inside = createServer((_request, response) => response.end('secret'));
  inside.on('connection', () => (connections += 1));
  await listen(host, '127.0.0.1');
  await listen(inside, '127.0.0.2');
  system = await startIngestion({ OUTBOUND_ALLOWED_HOSTS: `127.0.0.1:${portOf(host)}` });
  workspace = await system.newWorkspace([
    fact('CustomFieldDefined', {
      ...{ customFieldId: newId(), target: 'CONVERSATION', key: 'seats', label: 'Seats', type: 'NUMBER' },
      ...{ options: [], required: false },
    }),
  ]);
});
afterAll(async () => {
  await system?.close();
  for (const server of [host, inside]) {
    server?.closeAllConnections();
    server?.close();
  }
});

const get = <Type>(type: new (...parameters: never[]) => Type): Type => system.api.get(type, { strict: false });

const importUrl = (body: object, principal: Principal = workspace.member, key = newId()): Promise<{ id: string }> =>
  get(ImportUrlController).importUrl(body, requestBy(principal, key));

const conversation = (id: string): Promise<ConversationView> => get(ConversationController).get(workspace.member, id);

const becomes = (id: string, expected: Partial<ConversationView>): Promise<void> =>
  eventually(async () => expect(await conversation(id)).toMatchObject(expected), { withinMs: 60_000 });

async function eventsOf(id: string): Promise<{ type: string; data: unknown }[]> {
  const events = [];
  for await (const { type, data } of system.backends.eventStore.readStream(streams.conversation(id))) {
    events.push({ type, data });
  }
  return events;
}

describe('a link that is imported', () => {
  it('becomes a conversation with the properties of its form and the recording behind it', async () => {
    const form = {
      ...{ title: 'A call', medium: 'CALL', tags: ['demo'], customFields: { seats: 5 } },
      ...{ teamId: workspace.teamId, contactId: workspace.contactId, startedAt: '2026-01-01T10:00:00Z' },
    };
    const { id } = await importUrl({ url: ` ${urlOf('/call.wav')} `, ...form });
    const { startedAt: _, ...properties } = form;
    await expect(conversation(id)).resolves.toMatchObject({
      ...properties,
      source: 'URL',
      ownerId: workspace.member.id,
    });
    const received = await eventually(async () => {
      const event = (await eventsOf(id)).find(({ type }) => type === 'RecordingReceived');
      expect(event).toBeDefined();
      return event;
    });
    expect(received?.data).toMatchObject({
      ...{ fileName: 'call.wav', mediaType: 'audio/wav', via: 'URL' },
      recording: { bytes: sound.length, sha256: createHash('sha256').update(sound).digest('hex') },
    });
  });

  it('is read to the end when it leads to subtitles, and is called by the name of the file', async () => {
    const { id } = await importUrl({ url: urlOf('/call.srt') });
    await becomes(id, { title: 'call.srt', status: 'COMPLETED', turnCount: 2 });
    const { edges } = await get(TranscriptController).page(workspace.member, id, {});
    expect(edges.map(({ node }) => [node.speakerName, node.text, node.startMs])).toEqual([
      ['Ann', 'Hello', 1_000],
      ['Bob', 'Hi', 3_000],
    ]);
  });

  it('is two conversations when it is imported twice, and one under the same Idempotency-Key', async () => {
    const url = urlOf('/call.srt');
    const [one, two] = [await importUrl({ url }), await importUrl({ url })];
    expect(one.id).not.toBe(two.id);
    const key = newId();
    const [three, four] = [
      await importUrl({ url }, workspace.member, key),
      await importUrl({ url }, workspace.member, key),
    ];
    expect(three.id).toBe(four.id);
    for (const { id } of [one, two, three]) await becomes(id, { status: 'COMPLETED', turnCount: 2 });
  });

  it.each([
    ['/sign-in', 'URL_NOT_ACCESSIBLE'],
    ['/missing', 'URL_NOT_ACCESSIBLE'],
    ['/picture.mp3', 'NOT_A_RECORDING'],
    ['/inside', 'URL_NOT_ALLOWED'],
  ])('fails at the intake when it leads to %s', async (path, code) => {
    const { id } = await importUrl({ url: urlOf(path) });
    await becomes(id, { status: 'FAILED', failure: { stage: 'INTAKE', code } });
    expect(connections).toBe(0);
  });

  it('is fetched again from the intake on when somebody retries', async () => {
    const { id } = await importUrl({ url: urlOf('/later.txt') });
    await becomes(id, { status: 'FAILED' });
    pages['/later.txt'] = (_request, response) => response.end('Ann: Hello\nBob: Hi\nAnn: Bye');
    await get(ChangeController).retry(id, {}, requestBy(workspace.admin));
    await becomes(id, { status: 'COMPLETED', turnCount: 3, failure: null });
  });
});

describe('a link that is refused', () => {
  const refusal = async (body: object, principal?: Principal): Promise<unknown> => {
    const error: unknown = await importUrl(body, principal).catch((caught: unknown) => caught);
    return error instanceof HarmonyError ? error.code : error;
  };

  it('is so before anything is recorded', async () => {
    const { worker } = system.backends.database;
    const before = await lastPosition(worker);
    expect(await refusal({})).toBe('MISSING_REQUIRED_FIELDS');
    expect(await refusal({ url: 'example' })).toBe('INVALID_URL');
    for (const url of ['ftp://example.com/a.mp3', 'http://user:secret@1.1.1.1/', 'http://1.1.1.1:22/']) {
      expect(await refusal({ url })).toBe('URL_NOT_ALLOWED');
    }
    for (const inner of ['127.0.0.2', '2130706434', '0177.0.0.2', '[::ffff:127.0.0.2]', 'localhost']) {
      expect(await refusal({ url: `http://${inner}:${portOf(inside)}/` })).toBe('URL_NOT_ALLOWED');
    }
    expect(await refusal({ url: urlOf('/call.wav'), teamId: newId() })).toBe('UNKNOWN_TEAM');
    expect(await refusal({ url: urlOf('/call.wav'), customFields: { seats: 'many' } })).toBe(
      'INVALID_CUSTOM_FIELD_VALUE',
    );
    expect(await lastPosition(worker)).toEqual(before);
    expect(connections).toBe(0);
  });

  it('is so for whoever may not create conversations', async () => {
    const reader = { ...workspace.member, permissions: new Set(['conversations:read:own'] as const) };
    expect(await refusal({ url: urlOf('/call.wav') }, reader)).toBe('FORBIDDEN');
    await expect(get(ImportUrlResolver).checkUrl(reader, urlOf('/call.wav'))).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
  });
});

describe('the check of a link', () => {
  it.each([
    ['ACCESSIBLE', 'URL is accessible and valid for recording.', () => [urlOf('/call.wav'), urlOf('/call.srt')]],
    [
      'NOT_ACCESSIBLE',
      'The provided URL is not publicly accessible.',
      () => [
        ...['/sign-in', '/missing', '/picture.mp3', '/inside'].map(urlOf),
        `http://127.0.0.2:${portOf(inside)}/call.wav`,
        'http://169.254.169.254/',
        'ftp://example.com/call.wav',
      ],
    ],
    ['INVALID', 'Invalid URL format.', () => ['', 'call.wav', 'http://']],
  ] as const)('answers %s', async (state, message, urls) => {
    for (const url of urls()) {
      await expect(get(ImportUrlResolver).checkUrl(workspace.member, url)).resolves.toEqual({ state, message });
    }
    expect(connections).toBe(0);
  });
});
