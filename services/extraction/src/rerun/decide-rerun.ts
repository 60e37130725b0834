import { noUsage, type ErrorCode, type Usage } from '@harmony/contracts';
import { fact, type Fact } from '@harmony/kernel';
import type { MadeExtraction } from '../domain/decide.js';
import type { Extracting } from '../domain/extracting.js';

/** Which run of which revision wants an extraction. */
export interface Rerun {
  readonly conversationId: string;
  readonly revisionId: string;
  readonly runId: string;
}

/** Whether the run still waits for its extraction. */
export const isWaiting = (extracting: Extracting | undefined, { runId }: Rerun): extracting is Extracting =>
  extracting !== undefined && !extracting.isDeleted && !extracting.reruns.settled.has(runId);

/** Of the transcript that is read: the one that the revision made, else the conversation's own; null for none. */
export const transcriptOf = ({ reruns }: Extracting, { revisionId }: Rerun): number | null =>
  reruns.transcripts.get(revisionId) ?? reruns.ownTranscript;

/** An earlier try of the same revision made one of the same transcript: it holds here too, and cost nothing more. */
export function decideTakeOver(extracting: Extracting | undefined, rerun: Rerun): Fact[] {
  if (!isWaiting(extracting, rerun)) return [];
  const made = extracting.reruns.extractions.get(rerun.revisionId);
  if (!made || made.transcriptVersion !== transcriptOf(extracting, rerun)) return [];
  const { fromRunId = made.runId } = made;
  const free = { usage: noUsage, durationMs: 0 };
  return [fact('RerunExtractionRecorded', { ...made, ...free, runId: rerun.runId, fromRunId })];
}

/** Once for each run. */
export function decideRerunExtraction(
  extracting: Extracting | undefined,
  { conversationId, revisionId, runId }: Rerun,
  transcriptVersion: number,
  made: MadeExtraction,
): Fact[] {
  const rerun = { conversationId, revisionId, runId };
  if (!isWaiting(extracting, rerun)) return [];
  const { nextVersion: extractionVersion } = extracting.reruns;
  return [fact('RerunExtractionRecorded', { ...rerun, extractionVersion, transcriptVersion, ...made })];
}

/** The conversation has failed in this revision, with what it cost. */
export function decideRerunFailure(
  extracting: Extracting | undefined,
  { conversationId, revisionId, runId }: Rerun,
  { code, usage }: { readonly code: ErrorCode; readonly usage: Usage },
): Fact[] {
  const rerun = { conversationId, revisionId, runId };
  if (!isWaiting(extracting, rerun)) return [];
  const spent = Object.values(usage).some((amount) => amount > 0) ? { usage } : {};
  return [fact('RerunStageFailed', { ...rerun, stage: 'EXTRACTORS', code, ...spent })];
}
