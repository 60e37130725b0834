import { Media } from '@harmony/media';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A recording to take in, and what is known of it. */
export interface Sample {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  /** Of its sound at 16 kHz, 16 bit, one channel, by bare ffmpeg. */
  readonly pcmSha256: string;
  readonly ffmpeg: string;
}

/** So many minutes of MP3, mono, 128 kbit/s: a minute of noise, again and again. */
export async function makeSample(folder: string, minutes: number, seed: number): Promise<Sample> {
  const { path: ffmpeg } = await new Media().ffmpeg();
  const command = (...given: string[]): Promise<unknown> => run(ffmpeg, ['-v', 'error', '-nostdin', '-y', ...given]);
  const [minute, path, pcm] = ['minute.mp3', 'recording.mp3', 'recording.pcm'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  const noise = `anoisesrc=d=60:r=44100:c=pink:a=0.3:seed=${seed}`;
  await command('-f', 'lavfi', '-i', noise, '-ac', '1', '-c:a', 'libmp3lame', '-b:a', '128k', minute);
  await command('-stream_loop', String(minutes - 1), '-i', minute, '-c', 'copy', path);
  await command('-i', path, '-ar', '16000', '-f', 's16le', pcm);
  const { size: bytes } = await stat(path);
  return { path, bytes, ffmpeg, sha256: await sha256Of(path), pcmSha256: await sha256Of(pcm) };
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(path)) hash.update(piece as Buffer);
  return hash.digest('hex');
}
