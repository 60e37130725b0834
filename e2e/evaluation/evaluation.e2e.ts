import { describe, expect, it } from '@jest/globals';
import { existsSync } from 'node:fs';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { smallFolder, withFolder } from '@harmony/tool-evaluation/testing';

const root = join(import.meta.dirname, '../..');
const calls = join(root, '../shared/data/calls');

interface Evaluation {
  readonly exitCode: number;
  readonly output: string;
  readonly complaints: string;
}

/** Runs `npm run eval -- …` as a person would. */
async function evaluation(...words: readonly string[]): Promise<Evaluation> {
  const program = join(root, 'tools/evaluation/dist/main.js');
  const options = { env: { ...process.env, NODE_OPTIONS: '' }, maxBuffer: 64 * 1024 * 1024 };
  return promisify(execFile)(process.execPath, [program, ...words], options).then(
    ({ stdout, stderr }) => ({ exitCode: 0, output: stdout, complaints: stderr }),
    ({ code, stdout, stderr }: { code?: number; stdout?: string; stderr?: string }) => ({
      ...{ exitCode: code ?? 1, output: stdout ?? '' },
      complaints: stderr ?? '',
    }),
  );
}

describe('the evaluation of the local analyst', () => {
  if (existsSync(calls)) {
    it('meets its aims on the sample calls', async () => {
      const { exitCode, complaints } = await evaluation(calls, '--aims');
      expect({ exitCode, complaints }).toEqual({ exitCode: 0, complaints: '' });
    }, 300_000);
  } else it.skip('is skipped on the sample calls: ../shared/data/calls is not there', () => undefined);

  it('works on a folder that it has never seen', async () => {
    const { exitCode, output } = await withFolder(smallFolder, (folder) => evaluation(folder, '--json'));
    expect(exitCode).toBe(0);
    expect(JSON.parse(output)).toMatchObject({
      measures: { 'repeat.same': { value: 1 }, 'injection.unchanged': { value: 1 } },
      problems: [],
      answers: [{ conversation: 'deep/small/01-lamps', type: 'YES_NO', failure: null }],
    });
  });

  it('names a broken file, evaluates the others, and ends with an error', async () => {
    const files = { ...smallFolder, 'deep/small/02-torn.json': '{"participants": [' };
    const { exitCode, output, complaints } = await withFolder(files, (folder) => evaluation(folder));
    expect(exitCode).toBe(1);
    expect(complaints).toMatch(/^INVALID_JSON \S+deep\/small\/02-torn\.json: /m);
    expect(output).toMatch(/^YES_NO +1 /m);
  });

  it('ends with an error below a threshold, and says which', async () => {
    const words = ['--type', 'YES_NO', '--min', 'GROUP.accuracy=1'];
    const { exitCode, complaints } = await withFolder(smallFolder, (folder) => evaluation(folder, ...words));
    expect(exitCode).toBe(1);
    expect(complaints).toContain('MISSED GROUP.accuracy');
  });
});
