import { HarmonyError } from '@harmony/contracts';
import { fork, type ChildProcess } from 'node:child_process';
import { mkdtempSync, openSync, closeSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { replySchema, type SherpaReply, type SherpaRequest } from './child/protocol.js';

/** From sources and from the build alike: the child runs what was built. */
const builtChild = fileURLToPath(new URL('../../dist/sherpa/child/main.js', import.meta.url));

export interface SherpaProcessOptions {
  /** A process that is idle for so long gives its memory back. */
  readonly idleMs: number;
  /** The program of the process; for tests. */
  readonly program?: string;
}

interface Waiting {
  readonly resolve: (reply: SherpaReply) => void;
  readonly reject: (error: unknown) => void;
}

type WithoutId<Request> = Request extends unknown ? Omit<Request, 'id'> : never;

/** The native code in a process of its own, started when it is needed and again after it died. */
export class SherpaProcess {
  #child: ChildProcess | undefined;
  #nextId = 1;
  #idle: NodeJS.Timeout | undefined;
  readonly #waiting = new Map<number, Waiting>();

  constructor(private readonly options: SherpaProcessOptions) {}

  /** Of the running process; for tests of crashes. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /**
   * Native code cannot be interrupted: an aborted signal ends the process, and whatever else waits for it is told so.
   * @throws HarmonyError SPEECH_UNAVAILABLE when the process dies; the reason of the signal
   */
  async ask(request: WithoutId<SherpaRequest>, signal: AbortSignal): Promise<SherpaReply> {
    signal.throwIfAborted();
    clearTimeout(this.#idle);
    const child = (this.#child ??= this.#start());
    const id = this.#nextId++;
    const reply = new Promise<SherpaReply>((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    const stop = (): void => {
      this.#settle(id)?.reject(signal.reason);
      // Somebody else's piece may be the one that is being worked on.
      if (this.#waiting.size === 0) this.close();
    };
    signal.addEventListener('abort', stop, { once: true });
    try {
      // Whoever waits for an answer keeps the program alive; an idle process does not.
      child.channel?.ref();
      child.send({ ...request, id }, (error) => error && this.#settle(id)?.reject(died(error.message)));
      return await reply;
    } finally {
      signal.removeEventListener('abort', stop);
      if (this.#waiting.size === 0) {
        child.channel?.unref();
        this.#idle = setTimeout(() => this.close(), this.options.idleMs).unref();
      }
    }
  }

  /** Ends the process at once. Usable again afterwards. */
  close(): void {
    clearTimeout(this.#idle);
    this.#child?.kill('SIGKILL');
    this.#child = undefined;
    this.#failAll(died('it was stopped'));
  }

  #start(): ChildProcess {
    const folder = mkdtempSync(join(tmpdir(), 'harmony-speech-'));
    const complaints = openSync(join(folder, 'complaints'), 'a+', 0o600);
    const child = fork(this.options.program ?? builtChild, [], {
      execArgv: [],
      // Nothing of the service's settings, secrets among them, is the native code's business.
      env: {},
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', complaints, 'ipc'],
    });
    closeSync(complaints);
    // The open file lives on without its name.
    rmSync(folder, { recursive: true, force: true });
    child.on('message', (message) => this.#receive(message));
    const ended = (why: string): void => {
      if (this.#child !== child) return;
      this.#child = undefined;
      this.#failAll(died(why));
    };
    child.on('error', ({ message }) => ended(message));
    child.on('exit', (code, signal) => ended(signal ? `it was ended by ${signal}` : `it ended with ${code}`));
    child.unref();
    child.channel?.unref();
    return child;
  }

  #receive(message: unknown): void {
    const reply = replySchema.parse(message);
    this.#settle(reply.id)?.resolve(reply);
  }

  #settle(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    return waiting;
  }

  #failAll(error: HarmonyError): void {
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject } of waiting) reject(error);
  }
}

const died = (why: string): HarmonyError =>
  new HarmonyError('SPEECH_UNAVAILABLE', { detail: `The process of the speech model is gone: ${why}.` });
