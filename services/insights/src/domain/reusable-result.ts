import type { AnalystOrigin, Finding } from '@harmony/contracts';
import type { Insights } from './insights.js';

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
  runId: string,
  identity: string,
): FoundResult | undefined {
  const run = insights?.runs.get(runId);
  if (!insights || !run) return undefined;
  if (run.isForced) return ofRevision(insights, run.revisionId, identity);
  const stored = insights.results.get(identity);
  return stored && { ...stored, foundIn: stored.runId };
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
