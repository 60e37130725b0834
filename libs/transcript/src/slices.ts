import { setImmediate as otherWork } from 'node:timers/promises';

/** Work in slices: at each yield something else may go first. A slice takes a few milliseconds. */
export type Slices<Result> = Generator<void, Result, void>;

/** Does all of it without a pause; for what is known to be short. */
export function atOnce<Result>(work: Slices<Result>): Result {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

/** Lets the event loop go on between slices, so that nothing that somebody sends holds up everybody else. */
export async function inSlices<Result>(work: Slices<Result>, signal?: AbortSignal): Promise<Result> {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    await otherWork();
    signal?.throwIfAborted();
  }
}

const unitsOfSlice = 100_000;

/** Says when a slice is over: told of the work done, in units of about a character to look at. */
export function sliceMeter(): (units: number) => boolean {
  let done = 0;
  return (units) => {
    done += units;
    if (done < unitsOfSlice) return false;
    done = 0;
    return true;
  };
}
