import type { RunRow } from './insights-view.js';

/** A run that may be in force: one of the pipeline, or one of a revision that was made live. */
export interface RunCandidate extends RunRow {
  /** Of which project the revision was made live; null for a run of the pipeline. */
  readonly live_project_id: string | null;
}

/**
 * Which run is in force for which project (D3): of the pipeline's latest run and of those of the project's live
 * revisions the newest, if it found that the conversation belongs into the project.
 * @param candidates The newest first: by when a run of the pipeline began, or by when its revision was made live.
 */
export function runsInForce(candidates: readonly RunCandidate[]): Map<string, RunCandidate> {
  const latest = candidates.find(({ live_project_id: project }) => project === null);
  const counting = candidates.filter((one) => one === latest || one.live_project_id !== null);
  const projectIds = new Set(counting.flatMap(({ eligibility }) => eligibility.map(({ projectId }) => projectId)));
  const found = [...projectIds].flatMap((projectId) => {
    const newest = counting.find((one) => one === latest || one.live_project_id === projectId);
    return newest && isEligible(newest, projectId) ? [[projectId, newest] as const] : [];
  });
  return new Map(found);
}

const isEligible = ({ eligibility }: RunCandidate, id: string): boolean =>
  eligibility.some(({ projectId, eligible }) => projectId === id && eligible);
