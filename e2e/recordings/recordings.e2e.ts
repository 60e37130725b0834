import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createServer, type Server } from 'node:net';
import { randomBytes, randomUUID } from 'node:crypto';
import { builtInRoles } from '@harmony/contracts';
import { send, type Access } from '../support/api.js';
import { prepared, recorded, upload } from '../support/recordings.js';
import { startHarmony, succeed, type RunningHarmony, type Workspace } from '../support/running-harmony.js';

let harmony: RunningHarmony;
let home: Workspace;

beforeAll(async () => {
  harmony = await startHarmony();
  home = await harmony.workspace('Home');
}, 120_000);
afterAll(() => harmony.stop());

async function taken(fileName: string, bytes: Buffer): Promise<string> {
  const { status, body } = await upload(home.admin, fileName, Uint8Array.from(bytes));
  if (status !== 202) throw new Error(JSON.stringify(body));
  return (body as { id: string }).id;
}

async function read(access: Access, path: string, headers: Record<string, string> = {}): Promise<[Response, Buffer]> {
  const response = await fetch(`${access.url}${path}`, { headers: { ...access.headers, ...headers } });
  return [response, Buffer.from(await response.arrayBuffer())];
}

async function signedIn(email: string, password: string): Promise<Access> {
  const document =
    'mutation ($email: String!, $password: String!) { signIn(email: $email, password: $password) { accessToken } }';
  const { signIn } = await succeed({ url: harmony.url, headers: {} }, document, { email, password });
  return { url: harmony.url, headers: { Authorization: `Bearer ${(signIn as { accessToken: string }).accessToken}` } };
}

/** Somebody of the same workspace, who may see only what is their own. */
async function colleague(): Promise<Access> {
  const [email, password] = ['colleague@home.example', 'my own password 1'];
  const add = 'mutation ($input: AddUserInput!) { addUser(input: $input) { id } }';
  const input = { email, name: 'Colleague', roleId: builtInRoles.user.id };
  const { addUser } = await succeed(home.admin, add, { input });
  const set = 'mutation ($id: ID!, $password: String!) { setPassword(userId: $id, password: $password) }';
  const admin = await signedIn('admin@home.example', 'Home password 1');
  await succeed(admin, set, { id: (addUser as { id: string }).id, password });
  return signedIn(email, password);
}

describe('a recording that was uploaded', () => {
  let id: string;
  let url: string;

  beforeAll(async () => {
    const call =
      'aevalsrc=if(lt(mod(t\\,4)\\,2)\\,0.3*sin(900*t)\\,0)|if(lt(mod(t\\,4)\\,2)\\,0\\,0.3*sin(1300*t)):d=8:s=16000';
    id = await taken('call.wav', await recorded('call.wav', call));
    url = `/v1/conversations/${id}/recording`;
  }, 120_000);

  it('says how long it is and where it can be heard and seen, once it is prepared', async () => {
    const { recording } = await prepared(home.admin, id);
    expect(recording).toEqual({
      ...{ durationMs: 8_000, channels: 2, mediaType: 'audio/mp4', url, peaksUrl: `${url}/peaks` },
    });
    const { body } = await send(home.admin, 'GET', `/v1/conversations/${id}`);
    expect((body as { recording: unknown }).recording).toEqual(recording);
  });

  it('is played in stretches, and those make up the whole', async () => {
    await prepared(home.admin, id);
    const [whole, bytes] = await read(home.admin, url);
    expect([whole.status, whole.headers.get('content-type')]).toEqual([200, 'audio/mp4']);
    const [first, begin] = await read(home.admin, url, { Range: 'bytes=0-999' });
    const [second, rest] = await read(home.admin, url, {
      Range: 'bytes=1000-',
      'If-Range': first.headers.get('etag') ?? '',
    });
    expect([first.status, second.status]).toEqual([206, 206]);
    expect(first.headers.get('content-range')).toBe(`bytes 0-999/${bytes.length}`);
    expect(Buffer.concat([begin, rest]).equals(bytes)).toBe(true);
    const [behind, problem] = await read(home.admin, url, { Range: `bytes=${bytes.length}-` });
    expect([behind.status, behind.headers.get('content-range')]).toEqual([416, `bytes */${bytes.length}`]);
    expect(JSON.parse(problem.toString())).toMatchObject({ code: 'RANGE_NOT_SATISFIABLE' });
  });

  it('is drawn, channel by channel', async () => {
    await prepared(home.admin, id);
    const { body } = await send(home.admin, 'GET', `${url}/peaks`);
    expect(body).toMatchObject({ version: 2, channels: 2, sample_rate: 16_000, length: 800 });
  });

  it('cannot be heard by whoever may not see its conversation', async () => {
    await prepared(home.admin, id);
    const stranger = await harmony.workspace('Stranger');
    const actors = [stranger.admin, await colleague()];
    for (const actor of actors) {
      for (const path of ['', '/peaks']) {
        const [{ status }, body] = await read(actor, `${url}${path}`);
        const [unknown, sameBody] = await read(actor, `/v1/conversations/${randomUUID()}/recording${path}`);
        expect([status, unknown.status]).toEqual([404, 404]);
        const without = (text: Buffer): unknown => ({ ...JSON.parse(text.toString()), correlationId: '' });
        expect(without(body)).toEqual(without(sameBody));
      }
    }
    const [{ status }] = await read({ url: harmony.url, headers: {} }, url);
    expect(status).toBe(401);
  });

  it('is not there for a conversation of text', async () => {
    const { body } = await send(home.admin, 'POST', '/v1/conversations', { text: 'Ann: Hello' });
    const answer = await send(home.admin, 'GET', `/v1/conversations/${(body as { id: string }).id}/recording`);
    expect(answer).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
  });
});

describe('a file that only calls itself a recording', () => {
  let listener: Server;
  let address: string;
  let connections = 0;

  beforeAll(async () => {
    listener = createServer((socket) => {
      connections += 1;
      socket.destroy();
    });
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
    const bound = listener.address();
    address = `http://127.0.0.1:${typeof bound === 'object' ? bound?.port : 0}/x.ts`;
  });
  afterAll(() => new Promise((resolve) => listener.close(resolve)));

  const polyglots = (target: string): Record<string, string> => ({
    HLS: `#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10.0,\n${target}\n#EXT-X-ENDLIST\n`,
    DASH: `<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011"><BaseURL>${target}</BaseURL></MPD>`,
    SDP: `v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio 5004 RTP/AVP 0\n`,
    ffconcat: `ffconcat version 1.0\nfile '${target}'\n`,
    concat: `concat:${target}|${target}`,
    empty: '',
  });
  const kinds = Object.keys(polyglots(''));

  it.each(kinds)('is refused when it is %s, and nobody is called', async (kind) => {
    for (const target of [address, '/etc/hostname', 'neighbour.wav']) {
      const bytes = Buffer.from(polyglots(target)[kind] ?? '');
      const { status, body } = await upload(home.admin, 'recording.mp3', Uint8Array.from(bytes));
      expect(status).toBeGreaterThanOrEqual(400);
      expect(body).toMatchObject({ code: expect.stringMatching(/^(NOT_A_RECORDING|MISSING_REQUIRED_FIELDS)$/) });
    }
    expect(connections).toBe(0);
  });

  it('is refused when it is random bytes', async () => {
    const bytes = Buffer.concat([Buffer.from([0]), randomBytes(20_000)]);
    const { status, body } = await upload(home.admin, 'recording.mp3', Uint8Array.from(bytes));
    expect([status, body]).toMatchObject([422, { code: 'NOT_A_RECORDING' }]);
  });

  it('fails by name, and calls nobody, when a playlist hides behind the beginning of an MP3', async () => {
    const hidden = Buffer.from(`\xff\xfb\x90\x64${polyglots(address)['HLS']}`, 'latin1');
    const id = await taken('recording.mp3', hidden);
    const { status, failure } = await prepared(home.admin, id);
    expect({ status, failure }).toEqual({
      status: 'FAILED',
      failure: { stage: 'TRANSCRIPTION', code: 'MEDIA_BROKEN' },
    });
    expect(connections).toBe(0);
  });
});

describe('a recording that is not what it says', () => {
  it('is as long as what can be heard of it when it is cut in half', async () => {
    const whole = await recorded('whole.mp3', 'sine=d=60', '-c:a', 'libmp3lame', '-b:a', '64k');
    const id = await taken('half.mp3', whole.subarray(0, whole.length / 2));
    const durationMs = (await prepared(home.admin, id)).recording?.durationMs ?? 0;
    expect(Math.abs(durationMs - 30_000)).toBeLessThan(2_000);
  });

  it('fails when it is 24 hours in a few hundred kilobytes, and the next one is prepared', async () => {
    const bomb = await recorded('bomb.flac', 'anullsrc=r=8000:cl=mono:n=65535', '-t', '86400', '-frame_size', '65535');
    expect(bomb.length).toBeLessThan(1_000_000);
    const id = await taken('bomb.flac', bomb);
    const { status, failure, recording } = await prepared(home.admin, id);
    expect({ status, failure, recording }).toEqual({
      ...{ status: 'FAILED', recording: null, failure: { stage: 'TRANSCRIPTION', code: 'DURATION_LIMIT' } },
    });
    const next = await taken('next.flac', await recorded('next.flac', 'sine=d=2'));
    expect((await prepared(home.admin, next)).recording?.durationMs).toBe(2_000);
  });

  it('fails by name when it is a video without sound', async () => {
    const id = await taken('mute.mp4', await recorded('mute.mp4', 'testsrc=d=1:s=64x64'));
    const { status, failure, recording } = await prepared(home.admin, id);
    expect({ status, failure, recording }).toEqual({
      ...{ status: 'FAILED', recording: null, failure: { stage: 'TRANSCRIPTION', code: 'NO_AUDIO' } },
    });
  });
});
