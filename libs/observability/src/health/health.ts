import { HarmonyError } from '@harmony/contracts';
import { setTimeout as pause } from 'node:timers/promises';

/** Something that must work for this process to be of use. */
export interface Probe {
  readonly name: string;
  /** False: its failure is shown as degraded, and the process goes on serving. */
  readonly required?: boolean;
  /** Throws, with the reason, when it does not work. */
  check(): Promise<void> | void;
}

export interface ProbeResult {
  readonly name: string;
  readonly status: 'ok' | 'degraded' | 'failed';
  readonly reason?: string;
}

export interface HealthReport {
  readonly status: 'ok' | 'starting' | 'stopping' | 'failed';
  readonly probes: readonly ProbeResult[];
}

/** Whether the process lives and whether it may be given work. */
export class Health {
  readonly #probes: Probe[] = [];
  #phase: 'starting' | 'serving' | 'stopping' = 'starting';
  #dead: string | undefined;

  constructor(private readonly probeLimitMs = 2000) {}

  register(probe: Probe): void {
    this.#probes.push(probe);
  }

  /** Everything consumes; from now on the probes decide. */
  started(): void {
    if (this.#phase === 'starting') this.#phase = 'serving';
  }

  /** Readiness says 503 from now on, whatever the probes find. */
  stopping(): void {
    this.#phase = 'stopping';
  }

  get isStopping(): boolean {
    return this.#phase === 'stopping';
  }

  /** A part died that only a new process brings back. */
  lost(reason: string): void {
    this.#dead ??= reason;
  }

  liveness(): HealthReport {
    if (this.#dead === undefined) return { status: 'ok', probes: [] };
    return { status: 'failed', probes: [{ name: 'process', status: 'failed', reason: this.#dead }] };
  }

  async readiness(): Promise<HealthReport> {
    const probes = await Promise.all(this.#probes.map((probe) => this.#ask(probe)));
    if (this.#phase !== 'serving') return { status: this.#phase, probes };
    const failed = this.#dead !== undefined || probes.some(({ status }) => status === 'failed');
    return { status: failed ? 'failed' : 'ok', probes };
  }

  async #ask(probe: Probe): Promise<ProbeResult> {
    const { name, required = true } = probe;
    const timer = new AbortController();
    try {
      const limit = pause(this.probeLimitMs, undefined, { signal: timer.signal, ref: false }).then(() => {
        throw new HarmonyError('TIMED_OUT', { detail: `no answer within ${this.probeLimitMs} ms` });
      });
      await Promise.race([Promise.resolve().then(() => probe.check()), limit]);
      return { name, status: 'ok' };
    } catch (error) {
      const reason = error instanceof HarmonyError ? error.message : 'does not answer';
      return { name, status: required ? 'failed' : 'degraded', reason };
    } finally {
      timer.abort();
    }
  }
}
