import { eventually } from '@harmony/testing';
import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** A program of the tests in a process of its own. */
export interface ChildProgram {
  /** Waits until it has written this line. */
  reached(line: string): Promise<void>;
  /** SIGKILL, which it cannot notice; resolves when it is gone. */
  kill9(): Promise<void>;
}

export function startChild(file: string, environment: Readonly<Record<string, string>>): ChildProgram {
  const child = spawn(process.execPath, [file], {
    env: { ...process.env, NODE_OPTIONS: '', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(child, 'exit');
  let [lines, errors] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (lines += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (errors = (errors + chunk.toString()).slice(-5_000)));
  return {
    reached: (line) =>
      eventually(
        () => {
          if (!lines.split('\n').includes(line)) throw new Error(`${file} has not reached "${line}". ${errors}`);
        },
        { withinMs: 60_000 },
      ),
    kill9: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
