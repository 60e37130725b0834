import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';

/** As long as one piece of long work may keep everybody else from theirs. */
const sliceMs = 4;

/** Work that nobody waits for rests so many times as long as it has worked, and looks so often whether it still may. */
const [restsAWork, restStepMs] = [3, 5];

/** Cuts long work into slices: whoever else waits for the event loop, or for the database, has it in between. */
export class Pace {
  private since = performance.now();

  /** @param isUrgent whether somebody waits for the work, or nothing else is to be done. */
  constructor(private readonly isUrgent: () => boolean = () => true) {}

  /** To be asked often; then, and only then, {@link rest}. */
  get isDue(): boolean {
    return performance.now() - this.since > sliceMs;
  }

  async rest(): Promise<void> {
    const now = performance.now();
    const until = now + (now - this.since) * restsAWork;
    await nextTurn();
    while (performance.now() < until && !this.isUrgent()) await pause(restStepMs);
    this.since = performance.now();
  }
}
