import type { HarmonyEvent } from '@harmony/contracts';

/** What a log is to hold. The same wish gives the same log, event by event. */
export interface SampleWish {
  readonly seed: number;
  readonly workspaceId: string;
  /** What there is already of a workspace that is not new; absent for a new one, whose administrator is `founderId`. */
  readonly existing?: {
    /** In the stream of the workspace. */
    readonly events: number;
    /** Of conversations. */
    readonly customFieldKeys: readonly string[];
  };
  /** A user who is there or comes to be; owns the projects. */
  readonly founderId: string;
  /** Users who are there and have conversations as all others have; absent for none. */
  readonly colleagueIds?: readonly string[];
  readonly conversations: number;
  /** Of each project. The first project asks the thirteen types in turn, the others any of them. */
  readonly definitions: number;
  readonly projects: number;
  /** Over how many days the conversations came in. */
  readonly days: number;
  /** When the last one came in, ISO 8601. */
  readonly until: string;
  /**
   * Things that happen later, a conversation: properties changed, runs retried, revisions made live, definitions edited,
   * conversations deleted. 0.05 is a calm workspace, 1 one in which nothing stays as it is.
   */
  readonly restlessness: number;
}

/** One step of the log, to be done in order. */
export type SampleStep =
  | {
      readonly kind: 'APPEND';
      readonly streamId: string;
      readonly expected: 'none' | number;
      readonly events: readonly HarmonyEvent[];
    }
  | { readonly kind: 'DELETE_STREAM'; readonly streamId: string };

export interface SampleUser {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly roleId: string;
  readonly teamIds: readonly string[];
}

/** Who and what is there from the beginning on, known before the first step. */
export interface SampleCast {
  readonly workspaceId: string;
  readonly teams: readonly { readonly id: string; readonly name: string }[];
  readonly users: readonly SampleUser[];
  readonly contacts: readonly { readonly id: string; readonly name: string; readonly company: string }[];
}
