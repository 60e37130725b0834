import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const root = join(import.meta.dirname, '../..');

export interface OperatorAnswer {
  readonly exitCode: number;
  readonly output: string;
}

/** Runs `npm run harmony -- …` as an operator would, against the data directory of a demo. */
export async function operator(dataDirectory: string, ...words: readonly string[]): Promise<OperatorAnswer> {
  const program = join(root, 'tools/operator/dist/main.js');
  const run = promisify(execFile)(process.execPath, [program, ...words], {
    env: { ...process.env, NODE_OPTIONS: '', HARMONY_DATA_DIR: dataDirectory },
    maxBuffer: 16 * 1024 * 1024,
  });
  return run.then(
    ({ stdout }) => ({ exitCode: 0, output: stdout }),
    (error: { code?: number; stdout?: string; stderr?: string }) => ({
      exitCode: error.code ?? 1,
      output: `${error.stdout ?? ''}${error.stderr ?? ''}`,
    }),
  );
}
