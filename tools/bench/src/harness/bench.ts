/** How a run was asked for. */
export interface BenchOptions {
  /** A smoke run: the same code on little data, once; its figures mean nothing. */
  readonly quick: boolean;
  readonly seed: number;
}

/** One line of a bench: our side against one peer, measured in turn in the same run. */
export interface Comparison {
  /** What was varied, for instance `8 callers`. */
  readonly workload: string;
  readonly ours: string;
  readonly peer: string;
  readonly unit: string;
  /** One figure a repetition, in the order measured. */
  readonly ourRates: readonly number[];
  readonly peerRates: readonly number[];
  /** The least median ratio that is good enough; absent where the figure is shown for its own sake. */
  readonly target?: number;
}

/** An amount that is judged by itself and not against a peer: less is better. */
export interface Figure {
  readonly workload: string;
  /** What was measured, for instance `p99`. */
  readonly what: string;
  readonly unit: string;
  /** One value a repetition, in the order measured. */
  readonly values: readonly number[];
  /** The greatest median that is good enough; absent where the figure is shown for its own sake. */
  readonly limit?: number;
}

export interface BenchResult {
  readonly comparisons: readonly Comparison[];
  readonly figures?: readonly Figure[];
  /** What could not be measured here and why, a line each. */
  readonly skipped?: readonly string[];
  /** What the run proved besides its speed, a sentence each. */
  readonly checks: readonly string[];
  /** Versions and sizes that a reader needs to repeat it. */
  readonly facts: Readonly<Record<string, string | number>>;
}

export interface Bench {
  /** One sentence for the list. */
  readonly title: string;
  /** @throws WrongResult when a side did not do its work right, whatever its speed. */
  run(options: BenchOptions): Promise<BenchResult>;
}

/** A correctness check failed, so there is no speed to speak of. */
export class WrongResult extends Error {
  override readonly name = 'WrongResult';
}

export function assertSame(what: string, actual: unknown, expected: unknown): void {
  const [left, right] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (left !== right) throw new WrongResult(`${what}: got ${left}, expected ${right}`);
}
