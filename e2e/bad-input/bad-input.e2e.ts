import { eventually } from '@harmony/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes, randomUUID } from 'node:crypto';
import { graphql, send, withKey, type Access, type Answer } from '../support/api.js';
import { startHarmony, succeed, type RunningHarmony, type Workspace } from '../support/running-harmony.js';

const limitBytes = 10 * 1024 * 1024;
const secret = 'Quokka invoice 4711';

interface Case {
  readonly title: string;
  readonly body: (ids: Ids) => unknown;
  readonly status: number;
  readonly code: string;
  /** JSON pointers of the fields that the answer names. */
  readonly pointers?: readonly string[];
}

interface Ids {
  /** Of another workspace. */
  readonly foreignTeam: string;
}

const text = `Ann: ${secret}`;
const cases: readonly Case[] = [
  { title: 'empty text', body: () => ({ text: '' }), status: 400, code: 'EMPTY_TRANSCRIPT' },
  { title: 'whitespace for text', body: () => ({ text: ' \n\t\u00a0 ' }), status: 400, code: 'EMPTY_TRANSCRIPT' },
  {
    title: 'text over 10 MB',
    body: () => ({ text: 'a'.repeat(limitBytes + 1) }),
    status: 413,
    code: 'PAYLOAD_TOO_LARGE',
  },
  {
    title: 'text over 10 MB in bytes, not in characters',
    body: () => ({ text: 'é'.repeat(limitBytes / 2 + 1) }),
    status: 413,
    code: 'PAYLOAD_TOO_LARGE',
  },
  { title: 'invalid JSON', body: () => `{"text": "${secret}`, status: 400, code: 'INVALID_JSON' },
  { title: 'a list for a body', body: () => [], status: 400, code: 'INVALID_INPUT' },
  {
    title: 'no text at all',
    body: () => ({ title: 'x' }),
    status: 400,
    code: 'MISSING_REQUIRED_FIELDS',
    pointers: ['/text'],
  },
  {
    title: 'an unknown property',
    body: () => ({ text, nonsense: 1 }),
    status: 400,
    code: 'INVALID_INPUT',
    pointers: ['/nonsense'],
  },
  {
    title: 'an unknown medium',
    body: () => ({ text, medium: 'SMOKE' }),
    status: 400,
    code: 'INVALID_INPUT',
    pointers: ['/medium'],
  },
  { title: 'an unknown team', body: () => ({ text, teamId: randomUUID() }), status: 422, code: 'UNKNOWN_TEAM' },
  {
    title: 'a team of another workspace',
    body: ({ foreignTeam }) => ({ text, teamId: foreignTeam }),
    status: 422,
    code: 'UNKNOWN_TEAM',
  },
  { title: 'an unknown owner', body: () => ({ text, ownerId: randomUUID() }), status: 422, code: 'UNKNOWN_OWNER' },
  {
    title: 'an unknown contact',
    body: () => ({ text, contactId: randomUUID() }),
    status: 422,
    code: 'UNKNOWN_CONTACT',
  },
  {
    title: 'an unknown custom field',
    body: () => ({ text, customFields: { region: 'x', nothing: 1 } }),
    status: 422,
    code: 'UNKNOWN_CUSTOM_FIELD',
    pointers: ['/customFields/nothing'],
  },
  {
    title: 'a custom field of the wrong type',
    body: () => ({ text, customFields: { region: 'x', seats: 'many' } }),
    status: 422,
    code: 'INVALID_CUSTOM_FIELD_VALUE',
    pointers: ['/customFields/seats'],
  },
  {
    title: 'a missing required custom field',
    body: () => ({ text, customFields: {} }),
    status: 400,
    code: 'MISSING_REQUIRED_FIELDS',
    pointers: ['/customFields/region'],
  },
];

describe('bad input', () => {
  let harmony: RunningHarmony;
  let home: Workspace;
  let ids: Ids;
  beforeAll(async () => {
    harmony = await startHarmony();
    home = await harmony.workspace('Home');
    const foreign = await harmony.workspace('Foreign');
    const team = await succeed(foreign.admin, 'mutation { createTeam(input: { name: "Theirs" }) { id } }');
    ids = { foreignTeam: (team['createTeam'] as { id: string }).id };
    const define = 'mutation ($input: DefineCustomFieldInput!) { defineCustomField(input: $input) { id } }';
    await succeed(home.admin, define, {
      input: { key: 'region', label: 'Region', target: 'CONVERSATION', type: 'TEXT', required: true },
    });
    await succeed(home.admin, define, {
      input: { key: 'seats', label: 'Seats', target: 'CONVERSATION', type: 'NUMBER' },
    });
  }, 120_000);
  afterAll(() => harmony.stop());

  const submit = (body: unknown, headers: Record<string, string> = {}, access = home.admin): Promise<Answer> =>
    send(access, 'POST', '/v1/conversations', body, headers);
  const valid = { text, customFields: { region: 'North' } };

  /** Everything that a request could leave behind: events and stored files. */
  const stored = async (): Promise<string> => {
    const { database, objectStore } = harmony.running.backends;
    const { rows } = await database.worker.query<{ count: string }>('select count(*) from event_store.events');
    const objects: string[] = [];
    for await (const key of objectStore.list('')) objects.push(key);
    return `${rows[0]?.count} events, ${objects.length} objects`;
  };

  it.each(cases)('refuses $title with $code and stores nothing', async ({ body, status, code, pointers }) => {
    const before = await stored();
    const answer = await submit(body(ids));
    expect([answer.status, answer.body]).toMatchObject([
      status,
      { status, code, title: expect.any(String), detail: expect.any(String) },
    ]);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    if (pointers) {
      expect((answer.body as { errors: { pointer: string }[] }).errors.map(({ pointer }) => pointer)).toEqual(
        expect.arrayContaining([...pointers]),
      );
    }
    expect(JSON.stringify(answer.body)).not.toContain(secret);
    expect(await stored()).toBe(before);
  });

  it('accepts exactly 10 MB of text', async () => {
    expect((await submit({ ...valid, text: 'a'.repeat(limitBytes) })).status).toBe(202);
  });

  describe('for credentials', () => {
    const signIn = async (): Promise<string> => {
      const data = await succeed(
        { url: harmony.url, headers: {} },
        'mutation { signIn(email: "admin@home.example", password: "Home password 1") { accessToken } }',
      );
      return (data['signIn'] as { accessToken: string }).accessToken;
    };
    const bearer = (token: string): Access => ({ url: harmony.url, headers: { Authorization: `Bearer ${token}` } });

    it('takes a token of the sign-in, and refuses it forged, cut or with another signature', async () => {
      const token = await signIn();
      expect((await send(bearer(token), 'GET', '/v1/conversations')).status).toBe(200);
      const [header, payload, signature] = token.split('.');
      const none = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url');
      for (const forged of [
        `${header}.${payload}.`,
        `${none}.${payload}.`,
        `${header}.${payload}.${signature?.slice(2)}aa`,
        'rubbish',
        '',
      ]) {
        const answer = await send(bearer(forged), 'GET', '/v1/conversations');
        expect([answer.status, (answer.body as { code: string }).code]).toEqual([401, 'UNAUTHENTICATED']);
      }
    });

    it('refuses an expired key with its own code', async () => {
      const input = { name: 'short', expiresAt: new Date(Date.now() + 5_000).toISOString() };
      const data = await succeed(
        home.admin,
        'mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { key } }',
        { input },
      );
      const access = withKey(harmony.url, (data['createApiKey'] as { key: string }).key);
      await eventually(async () => {
        const answer = await send(access, 'GET', '/v1/conversations');
        expect([answer.status, (answer.body as { code?: string }).code]).toEqual([401, 'TOKEN_EXPIRED']);
      });
    });

    it.each([
      ['a malformed key', { 'X-API-Key': 'lk_short' }],
      ['a key that nobody has', { 'X-API-Key': `lk_${randomBytes(32).toString('hex')}` }],
      ['a key as a bearer token', { Authorization: `Bearer lk_${randomBytes(32).toString('hex')}` }],
    ])('refuses %s', async (_title, headers) => {
      const answer = await send({ url: harmony.url, headers: headers }, 'GET', '/v1/conversations');
      expect([answer.status, (answer.body as { code: string }).code]).toEqual([401, 'UNAUTHENTICATED']);
    });

    it('never takes a key from the address', async () => {
      const key = home.admin.headers['X-API-Key'] ?? '';
      const answer = await send(
        { url: harmony.url, headers: {} },
        'GET',
        `/v1/conversations?apiKey=${key}&X-API-Key=${key}`,
      );
      expect(answer.status).toBe(401);
    });
  });

  it('gives a repeated Idempotency-Key the first answer, and refuses it with another body', async () => {
    const key = { 'Idempotency-Key': randomUUID() };
    const first = await submit(valid, key);
    const before = await stored();
    const repeated = await submit(valid, key);
    const other = await submit({ ...valid, title: 'Another' }, key);
    expect([first.status, repeated.status, repeated.body]).toEqual([202, 202, first.body]);
    expect([other.status, (other.body as { code: string }).code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
    const { rows } = await harmony.running.backends.database.worker.query<{ count: string }>(
      "select count(*) from event_store.events where type = 'ConversationSubmitted' and stream_id = $1",
      [`conversation-${(first.body as { id: string }).id}`],
    );
    expect([rows[0]?.count, (await stored()).split(',')[1]]).toEqual(['1', before.split(',')[1]]);
  });

  it('refuses a query nested 200 levels and a bomb of aliases before anything is read', async () => {
    const nested = `{ me { ${'user { '.repeat(200)} id ${'}'.repeat(200)} } }`;
    const bomb = `{ ${Array.from({ length: 500 }, (_, index) => `a${index}: conversations(first: 100) { edges { node { id } } }`).join(' ')} }`;
    const codes = await Promise.all(
      [nested, bomb].map(async (query) =>
        (await graphql(home.admin, query)).errors?.map(({ extensions }) => extensions?.code),
      ),
    );
    expect(codes[0]).toContain('QUERY_TOO_DEEP');
    expect(codes[1]?.some((code) => code === 'QUERY_TOO_COSTLY' || code === 'QUERY_INVALID')).toBe(true);
  });
});
