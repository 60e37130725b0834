import { setImmediate as nextTurn } from 'node:timers/promises';

/** As long as one piece of long work may keep everybody else from theirs. */
const sliceMs = 4;

/** Cuts long work into slices: whoever else waits for the event loop has it in between. */
export class Pace {
  private since = performance.now();

  /** To be asked often; then, and only then, {@link rest}. */
  get isDue(): boolean {
    return performance.now() - this.since > sliceMs;
  }

  async rest(): Promise<void> {
    await nextTurn();
    this.since = performance.now();
  }
}
