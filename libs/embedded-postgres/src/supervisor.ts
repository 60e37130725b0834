import { HarmonyError } from '@harmony/contracts';
import { urlOf } from './connection.js';
import type { ClusterSettings } from './cluster.js';
import { sendSignal, shutDown, type Postmaster, type Server } from './postmaster.js';
import type { ProcessLock } from './process-lock.js';
import { startServer } from './start-server.js';
import type { EmbeddedPostgres, EmbeddedPostgresOptions } from './types.js';

interface Supervised extends EmbeddedPostgresOptions {
  readonly server: Server;
  readonly settings: ClusterSettings;
  readonly lock: ProcessLock;
  readonly adopted: boolean;
}

const restartsPerMinute = 5;

/** Keeps the server running on its port: one that was killed is started again, and recovers what was acknowledged. */
export class Supervisor implements EmbeddedPostgres {
  readonly url: string;
  readonly adopted: boolean;
  readonly #restarts: number[] = [];
  readonly #onExit = (): void => sendSignal(this.pid, 'SIGINT');
  readonly #watched: Promise<void>;
  #stopping = false;
  #stopped: Promise<void> | undefined;

  constructor(
    private readonly supervised: Supervised,
    private postmaster: Postmaster,
  ) {
    this.url = urlOf(supervised.settings);
    this.adopted = supervised.adopted;
    process.once('exit', this.#onExit);
    this.#watched = this.#watch();
  }

  get pid(): number {
    return this.postmaster.pid;
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    return this.#stopped;
  }

  async #stop(): Promise<void> {
    this.#stopping = true;
    await shutDown(this.postmaster);
    await this.#watched;
    await shutDown(this.postmaster); // Another one, if the stop came while it was being started again.
    process.off('exit', this.#onExit);
    await this.supervised.lock.release();
  }

  async #watch(): Promise<void> {
    const { server, settings, logger, onLost } = this.supervised;
    try {
      await this.postmaster.exited;
      while (!this.#stopping) {
        this.#countRestart();
        logger.warn(`postgres pid ${this.pid} ended by itself; it is started again`);
        this.postmaster = (await startServer(server, settings, logger, { keepPort: true })).postmaster;
        if (!this.#stopping) await this.postmaster.exited;
      }
    } catch (error) {
      onLost?.(error instanceof HarmonyError ? error : new HarmonyError('DATABASE_UNAVAILABLE', { cause: error }));
    }
  }

  #countRestart(): void {
    const now = performance.now();
    this.#restarts.push(now);
    while ((this.#restarts[0] ?? now) < now - 60_000) this.#restarts.shift();
    if (this.#restarts.length > restartsPerMinute) {
      throw new HarmonyError('DATABASE_UNAVAILABLE', {
        detail: `PostgreSQL ended ${this.#restarts.length} times within a minute. Look into ${this.supervised.server.paths.log}.`,
      });
    }
  }
}
