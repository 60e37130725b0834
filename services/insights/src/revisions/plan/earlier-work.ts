import type { RerunStage } from '@harmony/contracts';
import { noCriteria, type AskedCriteria } from './belonging.js';

/** What is done for a conversation before its definitions are asked. */
export interface EarlierWork {
  /** Where it begins: what comes before is there. */
  readonly stage: RerunStage;
  /** How long its recording is; null without one, and while nobody knows. */
  readonly recordingMs: number | null;
  /** False where an earlier try may have done it already. */
  readonly isCertain: boolean;
  readonly criteria: AskedCriteria;
}

/** Of a conversation of which everything is there. */
export const noEarlierWork: EarlierWork = {
  ...{ stage: 'INSIGHTS', recordingMs: null, isCertain: true, criteria: noCriteria },
};

/** How much of something there is: what is sure, and what may become of it. */
export interface Amount {
  readonly least: number;
  readonly most: number;
}

export const nothing: Amount = { least: 0, most: 0 };

export const plus = (left: Amount, right: Amount): Amount => ({
  least: left.least + right.least,
  most: left.most + right.most,
});

const times = (amount: Amount, factor: number): Amount => ({
  least: amount.least * factor,
  most: amount.most * factor,
});

/** The work of many conversations. */
export interface EarlierWorkload {
  readonly recordings: Amount;
  /** Of those recordings that were measured. */
  readonly recordingMs: Amount;
  /** Recordings of which nobody knows how long they are. */
  readonly unmeasured: Amount;
  readonly extractions: Amount;
  /** Questions, by criterion. */
  readonly criteria: ReadonlyMap<string, Amount>;
}

export const noWorkload: EarlierWorkload = {
  ...{ recordings: nothing, recordingMs: nothing, unmeasured: nothing, extractions: nothing, criteria: new Map() },
};

export function withWork(
  all: EarlierWorkload,
  { stage, recordingMs, isCertain, criteria }: EarlierWork,
): EarlierWorkload {
  const once: Amount = { least: isCertain ? 1 : 0, most: 1 };
  const recordings = stage === 'TRANSCRIPTION' ? once : nothing;
  return {
    recordings: plus(all.recordings, recordings),
    recordingMs: plus(all.recordingMs, times(recordings, recordingMs ?? 0)),
    unmeasured: recordingMs === null ? plus(all.unmeasured, recordings) : all.unmeasured,
    extractions: stage === 'INSIGHTS' ? all.extractions : plus(all.extractions, once),
    criteria: criteria.ids.length > 0 ? withCriteria(all.criteria, criteria) : all.criteria,
  };
}

function withCriteria(all: EarlierWorkload['criteria'], { ids, isFirstCertain }: AskedCriteria): Map<string, Amount> {
  const questions = new Map(all);
  for (const [index, id] of ids.entries()) {
    const once = { least: index === 0 && isFirstCertain ? 1 : 0, most: 1 };
    questions.set(id, plus(questions.get(id) ?? nothing, once));
  }
  return questions;
}
