import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { speechEngineContract } from '../contract-suite/index.js';
import { soundOf } from '../audio/sounds.js';
import { samplesFrom } from '../audio/wav.js';
import { buildSpeechProcess, installedModel } from '../testing/index.js';
import { SherpaEngine } from './sherpa-engine.js';
import { SherpaProcess } from './sherpa-process.js';

jest.setTimeout(120_000);

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../../../', import.meta.url));
const recording = join(root, '../shared/data/audio/call-stereo.wav');
const never = new AbortController().signal;

beforeAll(buildSpeechProcess);

const installed = await installedModel();
const sample = await firstSentence();

if ('reason' in installed || 'reason' in sample) {
  const why = 'reason' in installed ? installed.reason : 'reason' in sample ? sample.reason : '';
  it.skip(`sherpa-onnx with a real model is skipped: ${why}`, () => undefined);
} else {
  const modelsDirectory = dirname(installed.path);
  const engine = new SherpaEngine({ modelsDirectory, wanted: installed.name, threads: 2 });

  describe(`sherpa-onnx with ${installed.name}`, () => {
    speechEngineContract(async () => ({
      engine,
      speech: sample.samples,
      word: 'morning',
      close: () => engine.close(),
    }));

    it('starts again after its process was killed in the middle of a piece', async () => {
      await engine.transcribe(sample.samples, { signal: never });
      const asked = engine.transcribe(sample.samples, { signal: never });
      const { pid } = engine.process;
      await new Promise(setImmediate);
      process.kill(pid ?? 0, 'SIGKILL');
      await expect(asked).rejects.toMatchObject({ code: 'SPEECH_UNAVAILABLE', kind: 'retriable' });
      await expect(engine.transcribe(sample.samples, { signal: never })).resolves.toMatchObject({
        segments: [{ text: expect.stringContaining('morning') }],
      });
    });

    it('serves several at the same time', async () => {
      const all = await Promise.all([1, 2, 3].map(() => engine.transcribe(sample.samples, { signal: never })));
      expect(all[1]).toEqual(all[0]);
      expect(all[2]).toEqual(all[0]);
    });

    it('says so when the native code gives up on a sound, instead of losing its words', async () => {
      const long = new Int16Array(16_000 * 12);
      for (let at = 0; at < long.length; at += sample.samples.length) {
        long.set(sample.samples.subarray(0, Math.min(sample.samples.length, long.length - at)), at);
      }
      if (installed.model.kind !== 'moonshine') return;
      await expect(engine.transcribe(long, { signal: never })).rejects.toMatchObject({ code: 'SPEECH_FAILED' });
    });
  });
}

describe('a folder that only looks like a model', () => {
  it('is invalid, and the service lives', async () => {
    const modelsDirectory = await mkdtemp(join(tmpdir(), 'harmony-broken-'));
    await mkdir(join(modelsDirectory, 'broken'));
    for (const name of ['encoder_model.ort', 'decoder_model_merged.ort', 'tokens.txt']) {
      await writeFile(join(modelsDirectory, 'broken', name), 'not a model');
    }
    const engine = new SherpaEngine({ modelsDirectory, threads: 1 });
    await expect(engine.transcribe(new Int16Array(16_000), { signal: never })).rejects.toMatchObject({
      // The native code may refuse the files, or die over them.
      code: expect.stringMatching(/^SPEECH_(MODEL_INVALID|UNAVAILABLE)$/),
    });
    await engine.close();
    await rm(modelsDirectory, { recursive: true });
  });

  it('tells nobody apart without the models for it', async () => {
    const modelsDirectory = await mkdtemp(join(tmpdir(), 'harmony-none-'));
    const engine = new SherpaEngine({ modelsDirectory, threads: 1 });
    await expect(engine.findSpeakers(soundOf(new Int16Array(16_000)), { signal: never })).resolves.toBeUndefined();
    await expect(engine.identify()).rejects.toMatchObject({ code: 'SPEECH_NOT_CONFIGURED' });
    await rm(modelsDirectory, { recursive: true });
  });
});

describe('the process of the native code', () => {
  const ask = (child: SherpaProcess, signal = never): Promise<unknown> =>
    child.ask({ kind: 'transcribe', recogniser: {}, samples: new Int16Array(8) }, signal);

  async function programOf(code: string): Promise<{ program: string; remove: () => Promise<void> }> {
    const folder = await mkdtemp(join(tmpdir(), 'harmony-child-'));
    await writeFile(join(folder, 'child.mjs'), code);
    return { program: join(folder, 'child.mjs'), remove: () => rm(folder, { recursive: true }) };
  }

  it('that crashes is a failure that may pass', async () => {
    const { program, remove } = await programOf(`process.on('message', () => process.abort());`);
    const child = new SherpaProcess({ idleMs: 60_000, program });
    await expect(ask(child)).rejects.toMatchObject({ code: 'SPEECH_UNAVAILABLE' });
    await expect(ask(child)).rejects.toMatchObject({ code: 'SPEECH_UNAVAILABLE' });
    expect(child.pid).toBeUndefined();
    await remove();
  });

  it('knows nothing of the environment of the service', async () => {
    const reply = `{ kind: 'failed', id, of: 'sound', why: JSON.stringify(Object.keys(process.env)) }`;
    const { program, remove } = await programOf(`process.on('message', ({ id }) => process.send(${reply}));`);
    const child = new SherpaProcess({ idleMs: 60_000, program });
    const { why } = (await ask(child)) as { why: string };
    expect((JSON.parse(why) as string[]).filter((name) => !name.startsWith('NODE_CHANNEL'))).toEqual([]);
    child.close();
    await remove();
  });

  it('keeps a program alive that waits for an answer, and no longer', async () => {
    const reply = `{ kind: 'failed', id, of: 'sound', why: 'late' }`;
    const late = `process.on('message', ({ id }) => setTimeout(() => process.send(${reply}), 300));`;
    const { program, remove } = await programOf(late);
    const module = JSON.stringify(join(root, 'libs/speech/dist/sherpa/sherpa-process.js'));
    const ask = `child.ask({ kind: 'transcribe', samples: new Int16Array(1) }, new AbortController().signal)`;
    const code = `import { SherpaProcess } from ${module};
      const child = new SherpaProcess({ idleMs: 600_000, program: ${JSON.stringify(program)} });
      process.stdout.write((await ${ask}).why);`;
    const options = { cwd: root, timeout: 60_000 };
    const { stdout } = await run(process.execPath, ['--input-type=module', '-e', code], options);
    expect(stdout).toBe('late');
    await remove();
  });

  it('that hangs is ended when the work is stopped', async () => {
    const { program, remove } = await programOf(`process.on('message', () => { for (;;); });`);
    const child = new SherpaProcess({ idleMs: 60_000, program });
    const stopping = new AbortController();
    const asked = ask(child, stopping.signal);
    setImmediate(() => stopping.abort(new Error('over')));
    await expect(asked).rejects.toThrow('over');
    expect(child.pid).toBeUndefined();
    await remove();
  });
});

/** "Good morning Laura, this is Peter …": 6 s of the left channel of a file that is 16 kHz already. */
async function firstSentence(): Promise<{ samples: Int16Array } | { reason: string }> {
  try {
    const both = samplesFrom((await readFile(recording)).subarray(44));
    return { samples: Int16Array.from({ length: 16_000 * 6 }, (_, index) => both[index * 2] ?? 0) };
  } catch {
    return { reason: 'there is no ../shared/data/audio/call-stereo.wav' };
  }
}
