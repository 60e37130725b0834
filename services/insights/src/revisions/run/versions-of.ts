import { HarmonyError } from '@harmony/contracts';
import type { StartingRun } from './start-revision-run.js';

/** Of the transcript and the extraction that a run reads. */
export interface Versions {
  readonly transcriptVersion: number;
  readonly extractionVersion: number;
}

/**
 * What the revision made for the run, else what it made or read for an earlier try of the conversation, so that what was
 * answered then holds; else the conversation's own.
 * @throws HarmonyError EXTRACTION_NOT_READY
 */
export function versionsOf({ payload, conversation, insights }: StartingRun): Versions {
  const { rerun, revisionId } = payload;
  const runs = [...(insights?.runs.values() ?? [])];
  const before = conversation.reruns.get(revisionId) ?? runs.findLast((run) => run.revisionId === revisionId);
  const found = rerun ?? before ?? conversation.extraction;
  if (!found) throw new HarmonyError('EXTRACTION_NOT_READY');
  const { transcriptVersion, extractionVersion } = found;
  return { transcriptVersion, extractionVersion };
}
