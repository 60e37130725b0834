import { eventually } from '@harmony/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { send } from '../support/api.js';
import { startHarmony, succeed, type RunningHarmony, type Workspace } from '../support/running-harmony.js';

/** Row 18 of the fault matrix: 48 addresses and 14 spellings of links that nobody may have fetched. */
const addresses = [
  ...['0.0.0.0', '0.1.2.3', '10.0.0.1', '10.255.255.255', '100.64.0.1', '100.100.100.200', '100.127.255.254'],
  ...['127.0.0.1', '127.0.1.1', '127.255.255.254', '168.63.129.16', '169.254.0.1', '169.254.169.254', '172.16.0.1'],
  ...['172.31.255.254', '192.0.0.1', '192.0.0.192', '192.0.2.1', '192.88.99.1', '192.168.0.1', '192.168.255.255'],
  ...['198.18.0.1', '198.19.255.255', '198.51.100.7', '203.0.113.9', '224.0.0.1', '239.255.255.250', '240.0.0.1'],
  ...['255.255.255.255', '[::]', '[::1]', '[::7f00:1]', '[::ffff:10.0.0.1]', '[::ffff:0:7f00:1]', '[64:ff9b::7f00:1]'],
  ...['[64:ff9b:1::a00:1]', '[100::1]', '[2001::1]', '[2001:2::1]', '[2001:10::1]', '[2001:20::1]', '[2001:db8::1]'],
  ...[
    '[2002:7f00:1::1]',
    '[3fff::1]',
    '[5f00::1]',
    '[fc00::1]',
    '[fd00:ec2::254]',
    '[fe80::1]',
    '[fec0::1]',
    '[ff02::1]',
  ],
];
const spellings = [
  ...['127.1', '127.0.1', '2130706433', '017700000001', '0x7f000001', '0177.0.0.1', '0x7f.0.0.1', '127.0.0.1.'],
  ...[
    '127%2e0%2e0%2e1',
    '①②⑦.0.0.1',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    'localhost',
    'localhost.',
    'a.localhost',
  ],
];

const listen = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
const portOf = (server: Server): number => (server.address() as AddressInfo).port;

describe('links to where nothing may be fetched from', () => {
  let harmony: RunningHarmony;
  let workspace: Workspace;
  let outside: Server;
  let inside: Server;
  let connections = 0;
  beforeAll(async () => {
    inside = createServer((_request, response) => response.end('secret'));
    inside.on('connection', () => (connections += 1));
    // On the port that every refused link means, where this machine lets us have it.
    await listen(inside, 80).catch(() => listen(inside, 0));
    outside = createServer(({ url = '' }, response) => {
      response.writeHead(302, { location: decodeURIComponent(url.slice(1)) }).end();
    });
    await listen(outside, 0);
    harmony = await startHarmony({ OUTBOUND_ALLOWED_HOSTS: `127.0.0.1:${portOf(outside)}` });
    workspace = await harmony.workspace('Home');
  }, 120_000);
  afterAll(async () => {
    await harmony.stop();
    for (const server of [outside, inside]) {
      server.closeAllConnections();
      server.close();
    }
  });

  const importUrl = (url: string): ReturnType<typeof send> =>
    send(workspace.admin, 'POST', '/v1/conversations/import-url', { url });

  it.each([...addresses, ...spellings])('refuses %s when it is given', async (host) => {
    const { status, body } = await importUrl(`http://${host}/latest/meta-data/`);
    expect([status, (body as { code: string }).code]).toEqual([400, 'URL_NOT_ALLOWED']);
    const { checkUrl } = await succeed(
      workspace.admin,
      'query ($url: String!) { checkUrl(url: $url) { state message } }',
      {
        url: `https://${host}/call.mp3`,
      },
    );
    expect(checkUrl).toEqual({ state: 'NOT_ACCESSIBLE', message: 'The provided URL is not publicly accessible.' });
    expect(connections).toBe(0);
  });

  it.each(['http://127.0.0.1/', 'http://169.254.169.254/latest/', 'http://[::ffff:127.0.0.1]/', 'http://a@localhost/'])(
    'does not follow a redirect to %s: the conversation says that it failed',
    async (target) => {
      const { status, body } = await importUrl(`http://127.0.0.1:${portOf(outside)}/${encodeURIComponent(target)}`);
      expect(status).toBe(202);
      await eventually(async () => {
        const found = await send(workspace.admin, 'GET', `/v1/conversations/${(body as { id: string }).id}`);
        expect(found.body).toMatchObject({ status: 'FAILED', failure: { stage: 'INTAKE', code: 'URL_NOT_ALLOWED' } });
      });
      expect(connections).toBe(0);
    },
  );
});
