import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { getIntrospectionQuery } from 'graphql';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { RunningGateway } from './application.js';
import { refusals, revoked, samplePrincipal, serveSampleGateway, teamIds, validKey } from './testing/sample-gateway.js';
import { calls } from './testing/sample-service.js';

const nothingStored = { claim: async () => undefined, complete: async () => undefined, release: async () => undefined };

describe('the gateway', () => {
  let gateway: RunningGateway;
  beforeAll(async () => {
    gateway = await serveSampleGateway(nothingStored);
  });
  afterAll(() => gateway.close());
  beforeEach(() => {
    calls.resolvers = 0;
    calls.posts = 0;
  });

  const post = async (path: string, body: string, headers: Record<string, string> = {}) => {
    const response = await fetch(`${gateway.url}${path}`, {
      method: 'POST',
      body,
      headers: { 'Content-Type': 'application/json', 'X-API-Key': validKey, ...headers },
    });
    return { status: response.status, headers: response.headers, body: JSON.parse(await response.text()) };
  };
  const graphql = (query: string, variables?: unknown) => post('/graphql', JSON.stringify({ query, variables }));
  const codeOf = (answer: { body: { errors?: { extensions: { code: string } }[] } }) =>
    answer.body.errors?.[0]?.extensions.code;

  describe('with a body that is read as it comes', () => {
    const put = async (path: string, headers: Record<string, string> = {}) => {
      const body = Buffer.alloc(30 * 1024 * 1024);
      const response = await fetch(`${gateway.url}${path}`, { method: 'PUT', body, headers });
      return { status: response.status, body: JSON.parse(await response.text()) };
    };
    const key = { 'X-API-Key': validKey };

    it('hands any kind and size of it to the route that asked for it, whatever the case of its path', async () => {
      const whole = { status: 200, body: { bytes: 30 * 1024 * 1024 } };
      expect(await put('/v1/streams/1', key)).toEqual(whole);
      expect(await put('/V1/Streams/1/', { ...key, 'Content-Type': 'application/json' })).toEqual(whole);
    });

    it('refuses it to nobody known, and on every other route', async () => {
      expect(await put('/v1/streams/1')).toMatchObject({ status: 401, body: { code: 'UNAUTHENTICATED' } });
      expect(await put('/v1/streams/1/more', key)).toMatchObject({ body: { code: 'UNSUPPORTED_MEDIA_TYPE' } });
      expect(await put('/v1/streams', key)).toMatchObject({ body: { code: 'UNSUPPORTED_MEDIA_TYPE' } });
    });
  });

  describe('on GraphQL', () => {
    it('answers an authenticated query', async () => {
      expect((await graphql('{ sample { id } }')).body).toEqual({ data: { sample: { id: 'key-1' } } });
    });

    const deep = (levels: number) => `{ sample ${'{ child '.repeat(levels)}{ id } ${'}'.repeat(levels)} }`;

    it('accepts the deepest allowed query and refuses one level more, before any resolver runs', async () => {
      expect(codeOf(await graphql(deep(4)))).toBeUndefined();
      calls.resolvers = 0;
      const refused = await graphql(deep(5));
      expect([refused.status, codeOf(refused), calls.resolvers]).toEqual([400, 'QUERY_TOO_DEEP', 0]);
    });

    it.each([
      ['a query nested 200 levels', deep(200), 'QUERY_TOO_DEEP'],
      [
        '16 aliases',
        `{ ${Array.from({ length: 16 }, (_, i) => `a${i}: sample { id }`).join(' ')} }`,
        'QUERY_TOO_COSTLY',
      ],
      ['a list of 10,001', '{ samples(first: 10001) { id } }', 'QUERY_TOO_COSTLY'],
      ['1,001 tokens', `{ sample { ${'id '.repeat(1001)} } }`, 'QUERY_INVALID'],
      ['a fragment cycle', '{ sample { ...a } } fragment a on SampleNode { child { ...a } }', 'QUERY_INVALID'],
      [
        'fragments that double at every level',
        Array.from({ length: 20 }, (_, i) => `fragment f${i} on SampleNode { id ...f${i + 1} ...f${i + 1} }`).join(
          ' ',
        ) + ' fragment f20 on SampleNode { id } { sample { ...f0 } }',
        'QUERY_TOO_COSTLY',
      ],
      ['an unknown field', '{ sample { nothing } }', 'QUERY_INVALID'],
      ['a syntax error', '{ sample {', 'QUERY_INVALID'],
    ])('refuses %s before any resolver runs', async (_what, query, code) => {
      const answer = await graphql(query);
      expect([answer.status, codeOf(answer), calls.resolvers]).toEqual([400, code, 0]);
    });

    it('lets a tool ask for the schema, which is deep by nature', async () => {
      expect((await graphql(getIntrospectionQuery())).body.errors).toBeUndefined();
    });

    it('refuses a batch, a simple cross-site request and a query in the address', async () => {
      const query = '{ sample { id } }';
      expect(codeOf(await post('/graphql', JSON.stringify([{ query }, { query }])))).toBe('BATCHING_DISABLED');
      expect(codeOf(await post('/graphql', JSON.stringify({ query }), { 'Content-Type': 'text/plain' }))).toBe(
        'CSRF_REFUSED',
      );
      const get = await fetch(`${gateway.url}/graphql?query=${encodeURIComponent(query)}`, {
        headers: { 'X-API-Key': validKey },
      });
      expect([get.status, calls.resolvers]).toEqual([400, 0]);
    });

    it('needs a principal where a resolver needs one, and refuses a key that does not hold', async () => {
      const anonymous = await fetch(`${gateway.url}/graphql`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ query: '{ sample { id } }' }),
      });
      expect(codeOf({ body: JSON.parse(await anonymous.text()) })).toBe('UNAUTHENTICATED');
      const wrong = await post('/graphql', '{}', { 'X-API-Key': 'wrong' });
      expect([wrong.status, codeOf(wrong)]).toEqual([401, 'UNAUTHENTICATED']);
    });

    it('writes an audit line for every refusal, with who asked and not what for', async () => {
      refusals.length = 0;
      await graphql('{ forbidden { id } }');
      await fetch(`${gateway.url}/v1/samples/missing`, { headers: { 'X-API-Key': validKey } });
      await fetch(`${gateway.url}/v1/samples/missing`, { headers: { 'X-API-Key': 'wrong' } });
      const { id: actorId, workspaceId } = samplePrincipal;
      expect(refusals).toEqual([
        { code: 'FORBIDDEN', actorId, workspaceId },
        { code: 'NOT_FOUND', actorId, workspaceId },
        { code: 'UNAUTHENTICATED' },
      ]);
    });

    it.each(['{ sample { id child { id } } }', '{ forbidden { id } }', '{ unexpected { id } }'])(
      'answers %s alike however often it is asked',
      async (query) => {
        const first = await graphql(query);
        const answers = [await graphql(query), await graphql(query)];
        expect(answers.map(({ status, body }) => [status, body])).toEqual(
          answers.map(() => [first.status, first.body]),
        );
      },
    );

    it('shows nothing of an unexpected error', async () => {
      const answer = await graphql('{ unexpected { id } }');
      expect(codeOf(answer)).toBe('INTERNAL');
      expect(JSON.stringify(answer.body)).not.toContain('secret');
    });
  });

  describe('on a WebSocket', () => {
    const client = (key: string, origin?: string) =>
      createClient({
        url: `${gateway.url.replace('http', 'ws')}/graphql`,
        webSocketImpl: origin
          ? class extends WebSocket {
              constructor(url: string, protocol: string) {
                super(url, protocol, { origin });
              }
            }
          : WebSocket,
        connectionParams: { 'X-API-Key': key },
        retryAttempts: 0,
      });
    const first = async (key: string, query: string, origin?: string): Promise<unknown> => {
      for await (const result of client(key, origin).iterate({ query })) return result;
      return undefined;
    };

    it('serves a subscription to who may ask', async () => {
      expect(await first(validKey, 'subscription { ticks { id } }')).toEqual({ data: { ticks: { id: 'key-1' } } });
    });

    it('closes with the code of the refusal on a bad key', async () => {
      await expect(first('wrong', 'subscription { ticks { id } }')).rejects.toMatchObject({
        code: 4403,
        reason: 'UNAUTHENTICATED',
      });
    });

    it.each([
      ['a key that was revoked', revoked, 'UNAUTHENTICATED'],
      ['somebody whose teams changed', teamIds, 'ACCESS_CHANGED'],
    ])('tells nothing more to %s while it listened', async (_who, changed, reason) => {
      const changes = client(validKey).iterate({ query: 'subscription { endless { id } }' });
      expect(await changes.next()).toMatchObject({ value: { data: { endless: { id: 'key-1' } } } });
      const drain = async (): Promise<void> => {
        for (let told = false; !told;) told = (await changes.next()).done === true;
      };
      changed.add(validKey);
      try {
        await expect(drain()).rejects.toMatchObject({ code: 4403, reason });
      } finally {
        changed.clear();
      }
    });

    it('applies the same limits', async () => {
      const query = `subscription { ticks ${'{ child '.repeat(8)}{ id }${'}'.repeat(8)} }`;
      await expect(first(validKey, query)).rejects.toMatchObject([{ extensions: { code: 'QUERY_TOO_DEEP' } }]);
    });

    it('refuses a page of a foreign origin', async () => {
      await expect(first(validKey, 'subscription { ticks { id } }', 'https://evil.example')).rejects.toBeDefined();
      expect(await first(validKey, 'subscription { ticks { id } }', 'http://localhost')).toBeDefined();
    });
  });

  describe('on REST', () => {
    it('answers errors as problem details with the code and the correlation id', async () => {
      const response = await fetch(`${gateway.url}/v1/samples/missing`, {
        headers: { 'X-API-Key': validKey, 'X-Correlation-Id': 'abc-1' },
      });
      expect(response.headers.get('content-type')).toContain('application/problem+json');
      expect([response.status, await response.json()]).toMatchObject([
        404,
        { code: 'NOT_FOUND', status: 404, correlationId: 'abc-1' },
      ]);
    });

    it('gives no cache on the way what one caller may read', async () => {
      const cached = async (headers: Record<string, string>): Promise<string | null> =>
        (await fetch(`${gateway.url}/v1/samples/missing`, { headers })).headers.get('cache-control');
      expect(await cached({ 'X-API-Key': validKey })).toBe('private, no-cache');
    });

    it('hides the inside of an unexpected error', async () => {
      const response = await fetch(`${gateway.url}/v1/samples/broken`, { headers: { 'X-API-Key': validKey } });
      const text = await response.text();
      expect([response.status, text.includes('secret')]).toEqual([500, false]);
    });

    it.each([
      ['invalid JSON', '{"a":', {}, 400, 'INVALID_JSON'],
      [
        'another content type',
        'a=1',
        { 'Content-Type': 'application/x-www-form-urlencoded' },
        415,
        'UNSUPPORTED_MEDIA_TYPE',
      ],
      ['a body over the limit', JSON.stringify('x'.repeat(22 * 1024 * 1024)), {}, 413, 'PAYLOAD_TOO_LARGE'],
      ['a bad idempotency key', '{}', { 'Idempotency-Key': 'with space' }, 400, 'IDEMPOTENCY_KEY_INVALID'],
    ])('refuses %s and runs nothing', async (_what, body, headers, status, code) => {
      const answer = await post('/v1/samples', body, headers);
      expect([answer.status, answer.body.code, calls.posts]).toEqual([status, code, 0]);
    });

    it('gives an equal idempotency key an equal command id, and another route or none a fresh one', async () => {
      const send = async (headers: Record<string, string>) =>
        String((await post('/v1/samples', '{}', headers)).body.commandId);
      expect(await send({ 'Idempotency-Key': 'k1' })).toBe(await send({ 'Idempotency-Key': 'k1' }));
      expect(await send({})).not.toBe(await send({}));
    });

    it('answers an unknown address with a problem', async () => {
      const answer = await post('/v1/nothing', '{}');
      expect([answer.status, answer.body.code]).toEqual([404, 'NOT_FOUND']);
    });

    it('shows the rate limit in the headers', async () => {
      const { headers } = await post('/v1/samples', '{}');
      expect([headers.get('RateLimit-Limit'), headers.get('RateLimit-Remaining')]).toEqual(['100', '99']);
    });
  });
});
