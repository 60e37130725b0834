import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Media } from './media.js';
import type { WaveformData } from './prepare/peaks.js';
import { wavHeaderBytes } from './prepare/wav-file.js';
import { makeMedia, removeDirectory, scratchDirectory, silence, stereo, tone } from './testing/files.js';
import { describeSharedAudio } from './testing/shared-audio.js';

const run = promisify(execFile);
const media = new Media();
let scratch: string;

beforeAll(async () => {
  scratch = await scratchDirectory();
});
afterAll(() => removeDirectory(scratch));

const emptyDirectory = async (name: string): Promise<string> => {
  const directory = join(scratch, name);
  await mkdir(directory);
  return directory;
};

const peaksAt = async (path: string): Promise<WaveformData> => JSON.parse(await readFile(path, 'utf8')) as WaveformData;

describe('preparing a recording', () => {
  it('gives 16 kHz PCM that equals what bare ffmpeg makes of the same file', async () => {
    const file = await makeMedia(join(scratch, 'tone.mp3'), ...tone(3), '-c:a', 'libmp3lame');
    const directory = await emptyDirectory('equal');
    const { audio, durationMs } = await media.prepare(file, directory);
    const { path: ffmpeg } = await media.ffmpeg();
    const bare = ['-v', 'error', '-i', file, '-ar', '16000', '-f', 's16le', 'pipe:1'];
    const { stdout } = await run(ffmpeg, bare, { encoding: 'buffer', maxBuffer: 10_000_000 });
    const wav = await readFile(audio[0]?.path ?? '');
    expect(wav.subarray(wavHeaderBytes).equals(stdout)).toBe(true);
    expect(wav.readUInt32LE(40)).toBe(stdout.length);
    expect(durationMs).toBe(Math.round(stdout.length / 32));
  });

  it('keeps two speakers on two channels apart', async () => {
    const call = stereo(
      8,
      'if(lt(mod(t\\,4)\\,2)\\,0.3*sin(900*t)\\,0)',
      'if(lt(mod(t\\,4)\\,2)\\,0\\,0.3*sin(1300*t))',
    );
    const file = await makeMedia(join(scratch, 'call.wav'), ...call);
    const { audio, channels } = await media.prepare(file, await emptyDirectory('call'));
    expect(channels).toBe(2);
    expect(audio.map(({ channel }) => channel)).toEqual([0, 1]);
  });

  it.each([
    ['the same on both channels', '0.3*sin(900*t)', '0.3*sin(900*t)'],
    ['one room heard by two microphones', '0.3*sin(900*t)', '0.25*sin(900*t+1)'],
    ['nothing on one of the channels', '0.3*sin(900*t)', '0'],
  ])('makes one channel of a recording with %s', async (what, left, right) => {
    const file = await makeMedia(join(scratch, `${what}.wav`), ...stereo(2, left, right));
    const { audio, channels } = await media.prepare(file, await emptyDirectory(what));
    expect(channels).toBe(2);
    expect(audio).toHaveLength(1);
  });

  it('mixes nine channels into one', async () => {
    const nine = `aevalsrc=${Array.from({ length: 9 }, (_, channel) => `0.2*sin(${300 + channel}*t)`).join('|')}:d=2:s=44100`;
    const file = await makeMedia(join(scratch, 'nine.wav'), '-f', 'lavfi', '-i', nine);
    const { audio, channels, durationMs, rendition } = await media.prepare(file, await emptyDirectory('nine'));
    expect({ channels, files: audio.length, durationMs }).toEqual({ channels: 9, files: 1, durationMs: 2_000 });
    expect((await media.recognise(rendition.path)).channels).toBe(1);
  });

  it('prepares silence: there is nothing wrong with it but that nobody speaks', async () => {
    const file = await makeMedia(join(scratch, 'silence.flac'), ...silence(5));
    const { audio, durationMs, peaksPath } = await media.prepare(file, await emptyDirectory('silence'));
    expect({ files: audio.length, durationMs }).toEqual({ files: 1, durationMs: 5_000 });
    expect(new Set((await peaksAt(peaksPath)).data)).toEqual(new Set([0]));
  });

  it('draws what is loud as high and low, pixel by pixel', async () => {
    const file = await makeMedia(join(scratch, 'half.wav'), ...stereo(2, '0.5*sin(2000*t)', '0'));
    const { peaksPath } = await media.prepare(file, await emptyDirectory('drawn'));
    const { length, channels, data, samples_per_pixel: samplesPerPixel } = await peaksAt(peaksPath);
    expect({ length, channels, samplesPerPixel, values: data.length }).toEqual({
      length: 200,
      channels: 2,
      samplesPerPixel: 160,
      values: 800,
    });
    const [low = 0, high = 0, ...right] = data.slice(400, 404);
    expect(low).toBeLessThan(-60);
    expect(high).toBeGreaterThan(60);
    expect(right).toEqual([0, 0]);
  });

  it.each([
    ['mp3', ['-c:a', 'libmp3lame'], 'audio/mpeg'],
    ['m4a', ['-c:a', 'aac'], 'audio/mp4'],
    ['wav', [], 'audio/mp4'],
    ['ogg', ['-c:a', 'libvorbis'], 'audio/mp4'],
  ])('makes something of a .%s that a browser plays', async (extension, codec, mediaType) => {
    const file = await makeMedia(join(scratch, `played.${extension}`), ...tone(2), ...codec);
    const { rendition, durationMs } = await media.prepare(file, await emptyDirectory(`played-${extension}`));
    expect(rendition.mediaType).toBe(mediaType);
    expect((await media.recognise(rendition.path)).mediaType).toBe(mediaType);
    const again = await media.prepare(rendition.path, await emptyDirectory(`again-${extension}`));
    expect(Math.abs(again.durationMs - durationMs)).toBeLessThan(150);
  });

  it('tells cover art from a video', async () => {
    const cover = await makeMedia(join(scratch, 'cover.png'), '-f', 'lavfi', '-i', 'testsrc=s=64x64', '-frames:v', '1');
    const film = await makeMedia(join(scratch, 'film.mp4'), ...tone(1), '-f', 'lavfi', '-i', 'testsrc=d=1:s=64x64');
    const withCover = ['-i', cover, '-map', '0:a', '-map', '1:v', '-c:v', 'copy', '-disposition:v', 'attached_pic'];
    const song = await makeMedia(join(scratch, 'song.m4a'), ...tone(1), ...withCover);
    expect(await media.recognise(song)).toMatchObject({ hasVideo: false, mediaType: 'audio/mp4' });
    expect(await media.recognise(film)).toMatchObject({ hasVideo: true, mediaType: 'video/mp4', codec: 'aac' });
  });

  it('leaves nothing behind in the place for private directories', async () => {
    const parent = await emptyDirectory('parent');
    const file = await makeMedia(join(scratch, 'short.wav'), ...tone(1));
    await new Media({ directory: parent }).recognise(await readFile(file));
    expect((await stat(parent)).nlink).toBe(2);
  });
});

describeSharedAudio('the recordings that come with the project', (folder) => {
  it.each([
    ['call-mono.gsm', 1, 'audio/x-gsm'],
    ['call-stereo.aac', 2, 'audio/aac'],
    ['call-stereo.flac', 2, 'audio/flac'],
    ['call-stereo.m4a', 2, 'audio/mp4'],
    ['call-stereo.mp3', 2, 'audio/mpeg'],
    ['call-stereo.mp4', 2, 'video/mp4'],
    ['call-stereo.ogg', 2, 'audio/ogg'],
    ['call-stereo.wav', 2, 'audio/wav'],
    ['call-stereo.webm', 2, 'audio/webm'],
  ])('prepares %s: 84 seconds on %i channels', async (name, channels, mediaType) => {
    const file = join(folder, name);
    expect(await media.recognise(file)).toMatchObject({ mediaType, channels });
    const { audio, durationMs } = await media.prepare(file, await emptyDirectory(name));
    expect(audio).toHaveLength(channels);
    expect(Math.abs(durationMs - 84_365)).toBeLessThan(200);
  });

  it.each([
    ['jfk.flac', 11_000],
    ['two-speakers.wav', 30_000],
  ])('hears everybody of %s on one channel', async (name, expectedMs) => {
    const { audio, durationMs } = await media.prepare(join(folder, name), await emptyDirectory(name));
    expect({ files: audio.length, durationMs }).toEqual({ files: 1, durationMs: expectedMs });
  });
});
