import type { EventStore } from '@harmony/event-store';
import type { DeadLetters } from '@harmony/messaging';
import type { Database, Projection } from '@harmony/read-model';

/** What the commands work on. */
export interface Operator {
  readonly database: Database;
  readonly store: EventStore;
  readonly projections: readonly Projection[];
  readonly deadLetters: DeadLetters;
  /** Who operates, for the record of what was done. */
  readonly by: string;
  close(): Promise<void>;
}

/** How a command speaks: what it found goes to `result`, what it does meanwhile to `note`. */
export interface Voice {
  readonly json: boolean;
  result(text: string): void;
  note(text: string): void;
  /** Draws progress where a person watches, and writes lines now and then where nobody does. */
  progress(title: string): ProgressLine;
}

export interface ProgressLine {
  /** @param fraction 0 to 1, within the phase */
  update(phase: string, fraction: number, text: string): void;
  stop(): void;
}

/** `refused` is also what every error ends in; `different` says that a comparison found differences. */
export const exitCodes = { done: 0, refused: 1, different: 2 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
