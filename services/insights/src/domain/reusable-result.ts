import type { AnalystOrigin, Finding } from '@harmony/contracts';
import type { Insights } from './insights.js';
import type { CellPlace, Run } from './run.js';

/** An answer that was found in some run. */
export interface FoundResult {
  readonly resultId: string;
  /** The run that the analyst answered in. */
  readonly foundIn: string;
  readonly finding: Finding;
  readonly origin: AnalystOrigin;
}

/**
 * What a run takes instead of asking: the answer of equal identity that was found first (B2); for a forced run only what
 * another run of the same revision found, which is what a try of what failed takes over. Undefined where it has to ask.
 */
export function reusableResult(
  insights: Insights | undefined,
  { isForced, revisionId }: Pick<Run, 'isForced' | 'revisionId'>,
  identity: string,
): FoundResult | undefined {
  if (!insights) return undefined;
  if (isForced) return ofRevision(insights, revisionId, identity);
  const stored = insights.results.get(identity);
  return stored && { ...stored, foundIn: stored.runId };
}

/** The cell that the analyst answered; undefined for what this conversation has not found. */
export function placeOf(insights: Insights, { foundIn: runId, resultId }: FoundResult): CellPlace | undefined {
  for (const [definitionId, { settled }] of insights.runs.get(runId)?.cells ?? []) {
    if (settled && 'finding' in settled && settled.resultId === resultId) return { runId, definitionId };
  }
  return undefined;
}

function ofRevision(insights: Insights, revisionId: string | null, identity: string): FoundResult | undefined {
  for (const run of insights.runs.values()) {
    if (run.revisionId !== revisionId) continue;
    for (const { settled } of run.cells.values()) {
      if (settled && 'finding' in settled && settled.identity === identity) return settled;
    }
  }
  return undefined;
}
