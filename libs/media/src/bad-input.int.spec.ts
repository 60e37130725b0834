import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { Media } from './media.js';
import { makeMedia, removeDirectory, scratchDirectory, silence, stereo, tone } from './testing/files.js';

const media = new Media();
let scratch: string;
let connections: number;
let listener: Server;
let address: string;

beforeAll(async () => {
  scratch = await scratchDirectory();
  listener = createServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const bound = listener.address();
  address = `http://127.0.0.1:${typeof bound === 'object' ? bound?.port : 0}`;
});
afterAll(async () => {
  await new Promise((resolve) => listener.close(resolve));
  await removeDirectory(scratch);
});
beforeEach(() => {
  connections = 0;
});
afterEach(() => {
  expect(connections).toBe(0);
});

let directories = 0;
const emptyDirectory = async (): Promise<string> => {
  const directory = join(scratch, `directory-${(directories += 1)}`);
  await mkdir(directory);
  return directory;
};

const written = async (name: string, content: string | Uint8Array): Promise<string> => {
  const path = join(await emptyDirectory(), name);
  await writeFile(path, content);
  return path;
};

const refused = async (file: string): Promise<void> => {
  await expect(media.recognise(file)).rejects.toMatchObject({ code: 'NOT_A_RECORDING' });
  await expect(media.recognise(await readFile(file))).rejects.toMatchObject({ code: 'NOT_A_RECORDING' });
  await expect(media.prepare(file, await emptyDirectory())).rejects.toMatchObject({ code: 'NOT_A_RECORDING' });
};

describe('a file that is no recording', () => {
  const zip = Buffer.concat([Buffer.from('PK\x03\x04\x14\x00\x00\x00\x08\x00', 'latin1'), Buffer.alloc(200)]);

  it.each([
    ['zero bytes', Buffer.alloc(0)],
    ['a PDF', Buffer.from('%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<<>>\n%%EOF')],
    ['a zip', zip],
    ['plain text', Buffer.from('Ann: Shall we start?\nBob: Yes.\n'.repeat(100))],
    ['bytes that mean nothing', Buffer.alloc(100_000, 'x')],
    ['a web page', Buffer.from('<!doctype html><html><body>Please sign in</body></html>')],
  ])('is refused when it is %s that calls itself .mp3', async (_, content) => {
    await refused(await written('recording.mp3', content));
  });

  it('is refused when it is a picture that calls itself .mp3', async () => {
    const picture = await makeMedia(join(scratch, 'p.png'), '-f', 'lavfi', '-i', 'testsrc=s=64x64', '-frames:v', '1');
    await refused(await written('recording.mp3', await readFile(picture)));
  });

  it('is never prepared when it is random bytes', async () => {
    for (let round = 0; round < 5; round += 1) {
      const file = await written('recording.mp3', randomBytes(50_000));
      const failure = media.prepare(file, await emptyDirectory());
      await expect(failure).rejects.toMatchObject({ code: expect.stringMatching(/^(NOT_A_RECORDING|MEDIA_BROKEN)$/) });
    }
  });

  it('is never prepared when random bytes begin like an MP3', async () => {
    const bytes = Buffer.concat([Buffer.from([0xff, 0xfb, 0x90, 0x64]), randomBytes(50_000)]);
    const failure = media.recognise(await written('recording.mp3', bytes));
    await expect(failure).rejects.toMatchObject({ code: expect.stringMatching(/^(NOT_A_RECORDING|MEDIA_BROKEN)$/) });
  });
});

describe('a playlist that calls itself .mp3', () => {
  const playlists = (target: string): [string, string][] => [
    ['HLS', `#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10.0,\n${target}\n#EXT-X-ENDLIST\n`],
    [
      'DASH',
      `<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static"><BaseURL>${target}</BaseURL></MPD>`,
    ],
    [
      'SDP',
      `v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio 5004 RTP/AVP 0\na=control:${target}\n`,
    ],
    ['ffconcat', `ffconcat version 1.0\nfile '${target}'\n`],
    ['concat', `concat:${target}|${target}`],
    ['PLS', `[playlist]\nFile1=${target}\nNumberOfEntries=1\n`],
  ];
  const kinds = playlists('').map(([kind]) => kind);
  const playlist = (kind: string, target: string): string => new Map(playlists(target)).get(kind) ?? '';

  it.each(kinds)('reaches no server by %s', async (kind) => {
    await refused(await written('recording.mp3', playlist(kind, `${address}/segment.ts`)));
  });

  it.each(kinds)('reads no neighbour by %s, named in full or beside it', async (kind) => {
    const neighbour = await makeMedia(join(await emptyDirectory(), 'neighbour.wav'), ...tone(1));
    await refused(await written('recording.mp3', playlist(kind, neighbour)));
    await refused(await written('recording.mp3', playlist(kind, `file://${neighbour}`)));
    const beside = join(neighbour, '..', 'recording.mp3');
    await writeFile(beside, playlist(kind, 'neighbour.wav'));
    await refused(beside);
  });

  it.each(kinds)('is read as sound or not at all when %s hides behind an ID3 tag', async (kind) => {
    const neighbour = await makeMedia(join(await emptyDirectory(), 'neighbour.wav'), ...tone(1));
    const hidden = Buffer.concat([
      Buffer.from('ID3\x04\x00\x00\x00\x00\x00\x00', 'latin1'),
      Buffer.from(playlist(kind, 'neighbour.wav')),
    ]);
    const beside = join(neighbour, '..', 'recording.mp3');
    await writeFile(beside, hidden);
    await expect(media.prepare(beside, await emptyDirectory())).rejects.toMatchObject({
      code: expect.stringMatching(/^(NOT_A_RECORDING|MEDIA_BROKEN)$/),
    });
  });
});

describe('a recording that is not whole', () => {
  it.each([
    ['mp3', ['-c:a', 'libmp3lame', '-write_xing', '1']],
    ['flac', []],
    ['wav', []],
    ['ogg', ['-c:a', 'libvorbis']],
  ])('is as long as what is there of it: half a .%s', async (extension, codec) => {
    const whole = await readFile(await makeMedia(join(scratch, `whole.${extension}`), ...tone(20), ...codec));
    const half = await written(`half.${extension}`, whole.subarray(0, whole.length / 2));
    const { durationMs } = await media.prepare(half, await emptyDirectory());
    expect(durationMs).toBeGreaterThan(8_000);
    expect(durationMs).toBeLessThan(12_000);
  });

  it('is broken when its index was at its end: half an .m4a', async () => {
    const whole = await readFile(await makeMedia(join(scratch, 'whole.m4a'), ...tone(5)));
    const half = await written('half.m4a', whole.subarray(0, whole.length / 2));
    await expect(media.recognise(half)).rejects.toMatchObject({ code: 'MEDIA_BROKEN' });
    await expect(media.prepare(half, await emptyDirectory())).rejects.toMatchObject({ code: 'MEDIA_BROKEN' });
  });

  it('has no audio when it is a video without sound', async () => {
    const film = await makeMedia(join(scratch, 'mute.mp4'), '-f', 'lavfi', '-i', 'testsrc=d=1:s=64x64');
    await expect(media.recognise(film)).rejects.toMatchObject({ code: 'NO_AUDIO' });
    await expect(media.prepare(film, await emptyDirectory())).rejects.toMatchObject({ code: 'NO_AUDIO' });
  });
});

describe('a recording that is too much', () => {
  const small = new Media({ limits: { durationMs: 60_000 } });

  it('is refused when it is longer than the limit, and taken when it is exactly as long', async () => {
    const over = await makeMedia(join(scratch, 'over.wav'), ...silence(60.1));
    const exact = await makeMedia(join(scratch, 'exact.wav'), ...silence(60));
    await expect(small.prepare(over, await emptyDirectory())).rejects.toMatchObject({ code: 'DURATION_LIMIT' });
    expect((await small.prepare(exact, await emptyDirectory())).durationMs).toBe(60_000);
  });

  it('is refused before it is decoded when a few hundred kilobytes are 24 hours', async () => {
    const day = ['-f', 'lavfi', '-i', 'anullsrc=r=8000:cl=mono:n=65535', '-t', '86400', '-frame_size', '65535'];
    const bomb = await makeMedia(join(scratch, 'bomb.flac'), ...day);
    const directory = await emptyDirectory();
    // Decoding and encoding so much would take far more.
    const frugal = new Media({ limits: { cpuSeconds: 10, memoryBytes: 200 * 1024 ** 2 } });
    await expect(frugal.prepare(bomb, directory)).rejects.toMatchObject({ code: 'DURATION_LIMIT' });
  });

  it('is measured by its samples when it says ten hours in a few kilobytes', async () => {
    const gap = 'asetpts=PTS+gt(N\\,5)*36000/TB';
    const file = await makeMedia(join(scratch, 'gap.mka'), ...silence(1), '-af', gap, '-c:a', 'pcm_s16le');
    await expect(media.prepare(file, await emptyDirectory())).rejects.toMatchObject({ code: 'DURATION_LIMIT' });
    const patient = new Media({ limits: { durationMs: 12 * 3_600_000 } });
    expect((await patient.prepare(file, await emptyDirectory())).durationMs).toBeLessThan(2_000);
  });

  it('is stopped when what ffmpeg writes by itself grows over its limit', async () => {
    const file = await makeMedia(join(scratch, 'noise.wav'), ...stereo(20, 'random(0)', 'random(1)'));
    const narrow = new Media({ limits: { fileBytes: 20_480 } });
    const failure = narrow.prepare(file, await emptyDirectory());
    await expect(failure).rejects.toMatchObject({ code: 'MEDIA_RESOURCE_LIMIT', facts: { resource: 'file size' } });
  });
});
