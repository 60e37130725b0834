import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { HarmonyError } from '@harmony/contracts';
import { eventually } from '@harmony/testing';
import { existsSync } from 'node:fs';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { removeDirectory, scratchDirectory } from '../testing/files.js';
import { defaultLimits, type MediaLimits } from './limits.js';
import { runCaged, type OutputReader } from './run-caged.js';

let directory: string;
let programs = 0;

beforeAll(async () => {
  directory = await scratchDirectory();
});
afterAll(() => removeDirectory(directory));

interface Behaviour {
  readonly limits?: Partial<MediaLimits>;
  readonly signal?: AbortSignal;
  /** All of it unless told otherwise. */
  readonly read?: OutputReader<string>;
}

async function running(script: string, { limits = {}, signal, read = text }: Behaviour = {}): Promise<string> {
  const program = join(directory, `program-${(programs += 1)}`);
  await writeFile(program, `#!/bin/sh\n${script}\n`);
  await chmod(program, 0o755);
  const run = { program, arguments: [], directory, limits: { ...defaultLimits, ...limits } };
  return runCaged({ ...run, signal: signal ?? new AbortController().signal }, read);
}

/** Prints without end, and says how much it has printed. */
const endless = 'n=0; while :; do head -c 1000 /dev/zero; n=$((n+1)); echo $n > printed; done';

/** Once nobody takes what is printed any more, and the program waits for somebody who does. */
async function isStuck(): Promise<void> {
  let before = '';
  await eventually(async () => {
    const printed = await readFile(join(directory, 'printed'), 'utf8').catch(() => '');
    const isStill = Number(printed) > 64 && printed === before;
    before = printed;
    expect(isStill).toBe(true);
  });
}

/** Whether the program that printed its id is still there. */
const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

/** Where there is no /proc, the limits of the kernel stand alone and give no name to what was passed. */
const itWithProc = existsSync('/proc/self/stat') ? it : it.skip;

describe('a child in its cage', () => {
  it('gives what its reader makes of what it prints', async () => {
    await expect(running('echo hello')).resolves.toBe('hello\n');
  });

  it('loses nothing when it is gone before its reader begins', async () => {
    const program = join(directory, 'quick');
    await writeFile(program, '#!/bin/sh\necho $$ > quick-pid\necho hello\n');
    await chmod(program, 0o755);
    const run = { program, arguments: [], directory, limits: defaultLimits, signal: new AbortController().signal };
    const seen = await runCaged(run, async (output) => {
      await eventually(async () =>
        expect(isAlive(Number(await readFile(join(directory, 'quick-pid'), 'utf8')))).toBe(false),
      );
      return text(output);
    });
    expect(seen).toBe('hello\n');
  });

  it('starts in its own directory, with nothing of our environment', async () => {
    process.env['HARMONY_SECRET_OF_THE_TEST'] = 'secret';
    const seen = await running('pwd; env');
    expect(seen).toContain(directory);
    expect(seen).not.toContain('secret');
  });

  it('is a typed failure when it gives up, with its last words as the cause', async () => {
    const failure = running('echo "it is broken" >&2; exit 1');
    await expect(failure).rejects.toMatchObject({ code: 'MEDIA_BROKEN', cause: new Error('it is broken') });
  });

  it('is a typed failure when somebody kills it', async () => {
    await expect(running('kill -9 $$')).rejects.toMatchObject({ code: 'MEDIA_TOOL_KILLED' });
    await expect(running('exit 255')).rejects.toMatchObject({ code: 'MEDIA_TOOL_KILLED' });
  });

  it('is a typed failure when it is not there', async () => {
    const run = { program: join(directory, 'nothing'), arguments: [], directory, limits: defaultLimits };
    const failure = runCaged({ ...run, signal: new AbortController().signal }, text);
    await expect(failure).rejects.toMatchObject({ code: 'MEDIA_TOOL_MISSING' });
  });

  it.each([
    ['it says nothing', 'echo $$ > pid; exec sleep 600', { silenceMs: 300 }],
    ['it never comes to an end', 'echo $$ > pid; while :; do echo more; sleep 0.05; done', { wallClockMs: 400 }],
  ])('is ended when it hangs: %s', async (_, script, limits) => {
    await expect(running(script, { limits })).rejects.toMatchObject({ code: 'MEDIA_TIME_LIMIT' });
    expect(isAlive(Number(await readFile(join(directory, 'pid'), 'utf8')))).toBe(false);
  });

  itWithProc('is ended when it takes too much processor time', async () => {
    const failure = running('while :; do :; done', { limits: { cpuSeconds: 0.2 } });
    await expect(failure).rejects.toMatchObject({
      code: 'MEDIA_RESOURCE_LIMIT',
      facts: { resource: 'processor time' },
    });
  });

  itWithProc('is ended when it takes too much memory', async () => {
    const failure = running('exec tail -n 1 /dev/zero', { limits: { memoryBytes: 150 * 1024 ** 2 } });
    await expect(failure).rejects.toMatchObject({ code: 'MEDIA_RESOURCE_LIMIT', facts: { resource: 'memory' } });
  });

  it('is ended when it writes too much', async () => {
    const failure = running('exec head -c 100000 /dev/zero > file', { limits: { fileBytes: 10_240 } });
    await expect(failure).rejects.toMatchObject({ code: 'MEDIA_RESOURCE_LIMIT', facts: { resource: 'file size' } });
  });

  it('is ended with the reason of the signal', async () => {
    const stop = new AbortController();
    const failure = running('exec sleep 600', { signal: stop.signal });
    stop.abort(new Error('shutdown'));
    await expect(failure).rejects.toThrow('shutdown');
  });

  it('is ended when its reader has seen enough', async () => {
    const program = join(directory, 'endless');
    await writeFile(program, '#!/bin/sh\nexec yes\n');
    await chmod(program, 0o755);
    const run = { program, arguments: [], directory, limits: defaultLimits, signal: new AbortController().signal };
    const failure = runCaged(run, () => Promise.reject(new HarmonyError('DURATION_LIMIT')));
    await expect(failure).rejects.toMatchObject({ code: 'DURATION_LIMIT' });
  });

  it('is ended when its reader has seen enough of more than anybody holds for it', async () => {
    const read = async (): Promise<string> => {
      await isStuck();
      throw new HarmonyError('DURATION_LIMIT');
    };
    await expect(running(endless, { read })).rejects.toMatchObject({ code: 'DURATION_LIMIT' });
  });

  it('ends well though its reader needed nothing of all that it prints', async () => {
    const read = (): Promise<string> => Promise.resolve('nothing');
    await expect(running('head -c 1000000 /dev/zero', { read })).resolves.toBe('nothing');
  });

  it.each(['exit 1', 'kill -9 $$'])('fails once its reader has come to its end too: %s', async (end) => {
    const order: string[] = [];
    const hasFailed = (): void => expect(order).toContain('failed');
    const read = async (output: AsyncIterable<Buffer>): Promise<string> => {
      const seen = await text(output);
      // Long enough for a failure that does not wait.
      await eventually(hasFailed, { withinMs: 300 }).catch(() => undefined);
      order.push('read');
      return seen;
    };
    await running(`echo hello; ${end}`, { read }).catch(() => order.push('failed'));
    expect(order).toEqual(['read', 'failed']);
  });

  it('may complain without end: only its last words are kept', async () => {
    const failure = running('i=0; while [ $i -lt 20000 ]; do echo "line $i" >&2; i=$((i+1)); done; exit 1');
    await expect(failure).rejects.toMatchObject({ cause: { message: expect.stringMatching(/line 19999$/) } });
  });
});
