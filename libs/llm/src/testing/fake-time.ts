import type { Time } from '../langchain/limits/time.js';

/** A clock that stands still until somebody waits for it; waits are over at once. */
export class FakeTime implements Time {
  readonly waits: number[] = [];
  private current = 0;

  readonly now = (): number => this.current;

  sleep = async (milliseconds: number, signal: AbortSignal): Promise<void> => {
    signal.throwIfAborted();
    this.waits.push(milliseconds);
    this.current += milliseconds;
  };

  pass(milliseconds: number): void {
    this.current += milliseconds;
  }
}
