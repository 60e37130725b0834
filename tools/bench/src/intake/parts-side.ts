import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import { once } from 'node:events';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { assertSame } from '../harness/bench.js';
import type { Sample } from './sample.js';

const run = promisify(execFile);

/** The least that taking in needs, part by part and one after the other. Gives the seconds of both together. */
export async function bareParts(folder: string, sample: Sample): Promise<number> {
  const start = performance.now();
  await postToFile(folder, sample);
  await bareFfmpeg(folder, sample);
  return (performance.now() - start) / 1_000;
}

/** One POST over loopback into a file, hashed on the way and flushed to the disk. */
async function postToFile(folder: string, { path, sha256, bytes }: Sample): Promise<void> {
  const hash = createHash('sha256');
  const server = createServer((incoming, response) => {
    const store = async (): Promise<void> => {
      const file = await open(join(folder, 'posted.mp3'), 'w');
      for await (const piece of incoming) {
        hash.update(piece as Buffer);
        await file.write(piece as Buffer);
      }
      await file.sync();
      await file.close();
      response.end();
    };
    store().catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const outgoing = request({ port, host: '127.0.0.1', method: 'POST', headers: { 'Content-Length': bytes } });
  const answered = once(outgoing, 'response');
  await pipeline(createReadStream(path), outgoing);
  await answered;
  server.close();
  server.closeAllConnections();
  assertSame('sha256 of what was posted', hash.digest('hex'), sha256);
}

/** The sound at 16 kHz and something that a browser plays, as files. */
async function bareFfmpeg(folder: string, { ffmpeg }: Sample): Promise<void> {
  const sound = ['-ar', '16000', '-y', join(folder, 'sound.wav')];
  const rendition = ['-c:a', 'copy', '-y', join(folder, 'rendition.mp3')];
  await run(ffmpeg, ['-v', 'error', '-nostdin', '-i', join(folder, 'posted.mp3'), ...sound, ...rendition]);
}
