import { HarmonyError } from '@harmony/contracts';
import { statfs } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
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
const fullDiskPauseMs = 1_000;
/** A recovery needs a file of 16 MB for the log, and some more. */
const hardlyAnyBytes = 32 * 1024 ** 2;

/** Asked of the disk, since a server cannot write its reason to a log on a full one. */
async function isFull(folder: string): Promise<boolean> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize < hardlyAnyBytes;
}

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
    const { server, logger, onLost } = this.supervised;
    try {
      await this.postmaster.exited;
      while (!this.#stopping) {
        // As often as it takes while there is no space for its log.
        if (await isFull(server.paths.root)) await pause(fullDiskPauseMs);
        else this.#countRestart();
        logger.warn(`postgres pid ${this.pid} ended by itself; it is started again`);
        const again = await this.#startAgain();
        if (!again) return;
        this.postmaster = again;
        if (!this.#stopping) await this.postmaster.exited;
      }
    } catch (error) {
      onLost?.(error instanceof HarmonyError ? error : new HarmonyError('DATABASE_UNAVAILABLE', { cause: error }));
    }
  }

  /** On a full disk it cannot recover, so it is tried until somebody makes space. @returns undefined when stopped first. */
  async #startAgain(): Promise<Postmaster | undefined> {
    const { server, settings, logger } = this.supervised;
    while (!this.#stopping) {
      try {
        return (await startServer(server, settings, logger, { keepPort: true })).postmaster;
      } catch (error) {
        const isForSpace = error instanceof HarmonyError && error.code === 'STORAGE_FULL';
        if (!isForSpace && !(await isFull(server.paths.root))) throw error;
        logger.warn('postgres cannot start on a full disk; it is tried again');
        await pause(fullDiskPauseMs);
      }
    }
    return undefined;
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
