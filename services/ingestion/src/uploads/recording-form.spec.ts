import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '@harmony/testing';
import { createServer, request as httpRequest, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { submissionOf } from './form-fields.js';
import { readForm, type ReceivedForm } from './recording-form.js';

interface Received {
  readonly name: string;
  readonly bytes: Buffer;
}

type Outcome = { readonly form: ReceivedForm<Received> } | { readonly error: unknown };

let receive: (file: Readable, name: string) => Promise<Received>;
const outcomes: Outcome[] = [];
const server = createServer((request: IncomingMessage, response) => {
  readForm(request, (file, name) => receive(file, name))
    .then(
      (form) => outcomes.push({ form }),
      (error: unknown) => outcomes.push({ error }),
    )
    .finally(() => response.end('answered'));
});
let url: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());
beforeEach(() => {
  outcomes.length = 0;
  receive = async (file, name) => ({ name, bytes: await buffer(file) });
});

const file = Buffer.alloc(300_000, 'sound');
type Entry = readonly [name: string, value: string | Buffer];

async function post(entries: readonly Entry[]): Promise<Outcome> {
  const form = new FormData();
  for (const [name, value] of entries) {
    if (typeof value === 'string') form.append(name, value);
    else form.append(name, new Blob([new Uint8Array(value)]), 'Gespräch.mp3');
  }
  const response = await fetch(url, { method: 'POST', body: form });
  expect(await response.text()).toBe('answered');
  return outcomes[0] as Outcome;
}

const formOf = (outcome: Outcome): ReceivedForm<Received> => {
  if ('error' in outcome) throw outcome.error as Error;
  return outcome.form;
};

describe('a form with a recording', () => {
  const fields: Entry[] = [
    ['title', 'A call'],
    ['tags', 'one'],
    ['tags', 'two'],
  ];

  it.each([
    ['before', [...fields, ['file', file] as Entry]],
    ['after', [['file', file] as Entry, ...fields]],
    ['around', [fields[1] as Entry, ['file', file] as Entry, fields[0] as Entry, fields[2] as Entry]],
  ])('gives its fields and its file, whether the fields come %s it', async (_, entries) => {
    const { fields: received, file: stored } = formOf(await post(entries));
    expect([...received].sort()).toEqual([
      ['tags', ['one', 'two']],
      ['title', ['A call']],
    ]);
    expect(stored?.name).toBe('Gespräch.mp3');
    expect(stored?.bytes.equals(file)).toBe(true);
  });

  it('may have no file, and no field', async () => {
    expect(formOf(await post([['title', 'x']])).file).toBeUndefined();
    outcomes.length = 0;
    expect(formOf(await post([['file', Buffer.alloc(0)]])).file?.bytes).toHaveLength(0);
  });

  it.each([
    ['two files', [['file', file] as Entry, ['other', file] as Entry]],
    ['a field that is too long', [['title', 'x'.repeat(70_000)] as Entry]],
    ['too many fields', Array.from({ length: 61 }, (_, index): Entry => [`field${index}`, 'x'])],
  ])('is refused with %s', async (_, entries) => {
    expect(await post(entries)).toMatchObject({ error: { code: 'INVALID_INPUT' } });
  });

  it('lets the answer through although a large file is refused at its beginning', async () => {
    receive = async () => {
      throw new TypeError('Not this one.');
    };
    const outcome = await post([['file', Buffer.alloc(30_000_000)]]);
    expect(outcome).toEqual({ error: new TypeError('Not this one.') });
  });

  it.each([
    ['no form at all', 'application/json', '{}', 'UNSUPPORTED_MEDIA_TYPE'],
    ['no boundary', 'multipart/form-data', 'x', 'INVALID_INPUT'],
    ['an end that is missing', 'multipart/form-data; boundary=x', '--x\r\nContent-Disp', 'INVALID_INPUT'],
  ])('is refused with %s', async (_, type, body, code) => {
    await fetch(url, { method: 'POST', body, headers: { 'Content-Type': type } });
    expect(outcomes[0]).toMatchObject({ error: { code } });
  });

  it('breaks off for whoever stores the file when the line is cut', async () => {
    const request = httpRequest(url, {
      method: 'POST',
      headers: { 'Content-Type': 'multipart/form-data; boundary=x', 'Content-Length': 10_000 },
    });
    request.on('error', () => undefined);
    let stored: unknown;
    receive = async (stream, name) => {
      request.destroy();
      stored = await buffer(stream).catch((error: unknown) => error);
      return { name, bytes: Buffer.alloc(0) };
    };
    request.write('--x\r\nContent-Disposition: form-data; name="file"; filename="a.mp3"\r\n\r\nsome sound');
    await eventually(() => expect(outcomes[0]).toHaveProperty('error'));
    expect(stored).toBeInstanceOf(Error);
  });
});

describe('the fields of a form', () => {
  const fields = (entries: readonly [string, string[]][]): ReadonlyMap<string, string[]> => new Map(entries);

  it('are those of every way in: tags repeat, custom fields are JSON, and what is empty was not given', () => {
    const given = fields([
      ['title', ['A call']],
      ['teamId', ['']],
      ['tags', ['one', 'two']],
      ['customFields', ['{"code":1}']],
      ['medium', ['CALL']],
    ]);
    expect(submissionOf(given)).toEqual({
      title: 'A call',
      tags: ['one', 'two'],
      customFields: { code: 1 },
      medium: 'CALL',
    });
  });

  it.each([
    ['title', ['one', 'two'], '/title'],
    ['customFields', ['{'], '/customFields'],
    ['customFields', ['[1]'], '/customFields'],
    ['medium', ['PIGEON'], '/medium'],
    ['unknown', ['x'], '/unknown'],
  ])('refuse %s = %j', (name, values, pointer) => {
    expect(() => submissionOf(fields([[name, values]]))).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT', errors: [expect.objectContaining({ pointer })] }),
    );
  });
});
