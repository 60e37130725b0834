import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../../../../', import.meta.url));

/** Compiles what the processes run, so that they run what is being tested. */
export async function buildSample(): Promise<void> {
  await promisify(execFile)(process.execPath, ['tools/build/build.mjs'], { cwd: root });
}

/** One process of the sample program. */
export class SampleProcess {
  #log = '';
  private readonly child;
  private readonly ended;
  private readonly firstLine;

  constructor(environment: Readonly<Record<string, string>>) {
    const script = fileURLToPath(new URL('../../dist/testing/main.js', import.meta.url));
    const { PATH = '' } = process.env;
    const env = { PATH, HARMONY_PORT: '0', ...environment };
    this.child = spawn(process.execPath, [script], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.child.stderr.on('data', (chunk: Buffer) => (this.#log += chunk.toString()));
    this.ended = once(this.child, 'close');
    this.firstLine = once(createInterface({ input: this.child.stdout }), 'line');
  }

  /** Everything that it wrote to standard error. */
  get log(): string {
    return this.#log;
  }

  /** The parsed lines of its log. */
  get lines(): readonly Record<string, unknown>[] {
    const complete = this.#log.split('\n').filter((line) => line.startsWith('{') && line.endsWith('}'));
    return complete.map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  /** The address, once it is ready. */
  async ready(): Promise<string> {
    const first = await Promise.race([this.firstLine, this.ended.then(() => undefined)]);
    if (!first) throw new Error(`The process ended before it was ready.\n${this.#log}`);
    return String(first[0]);
  }

  signal(name: NodeJS.Signals): void {
    this.child.kill(name);
  }

  /** Its exit code; null when a signal ended it. */
  async exit(): Promise<number | null> {
    await this.ended;
    return this.child.exitCode;
  }

  async stop(name: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    this.signal(name);
    return this.exit();
  }
}
