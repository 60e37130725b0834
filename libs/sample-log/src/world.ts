import type { Medium, Question, RunKind } from '@harmony/contracts';
import type { RuleResult } from '@harmony/analysis';
import type { SampleProject } from './project.js';
import type { Random } from './random.js';
import type { Recorder } from './recorder.js';
import type { OpenStream } from './streams.js';
import type { SampleTranscript } from './transcript.js';
import type { SampleCast } from './wish.js';

/** One definition in one run, settled or not. */
export interface SampleCell {
  readonly project: SampleProject;
  readonly definitionId: string;
  readonly definitionVersion: number;
  readonly question: Question;
  result: RuleResult | 'DROPPED' | null;
  /** Where it was answered, of one that is settled as its run starts. */
  readonly carriedFrom?: { readonly runId: string; readonly definitionId: string };
}

export interface SampleRun {
  readonly id: string;
  readonly kind: RunKind;
  readonly revisionId: string | null;
  readonly cells: readonly SampleCell[];
  isCompleted: boolean;
}

/** A conversation that may still change. */
export interface SampleConversation {
  readonly id: string;
  readonly stream: OpenStream;
  readonly insights: OpenStream;
  readonly createdAt: number;
  readonly transcript: SampleTranscript;
  teamId: string | null;
  medium: Medium;
  /** Attempts of the stage INSIGHTS. */
  attempts: number;
  readonly runs: SampleRun[];
}

/** Everything that the makers of events share. */
export interface World {
  readonly random: Random;
  readonly recorder: Recorder;
  readonly cast: SampleCast;
  readonly projects: readonly SampleProject[];
  readonly transcripts: readonly SampleTranscript[];
  /** Those that something may still happen to; bounded. */
  readonly recent: SampleConversation[];
}
