import { HarmonyError, noUsage, type Eligibility } from '@harmony/contracts';
import type { EventStore } from '@harmony/event-store';
import type { ProjectionProgress } from '@harmony/read-model';
import { EVENT_STORE, PROJECTION_PROGRESS, WORKER_POOL } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import type { PlannedCell, Run } from '../../domain/run.js';
import type { FoundResult } from '../../domain/reusable-result.js';
import { resultsProjection } from '../../projections/results.projection.js';
import { runsInForce, type RunCandidate } from '../../read-model/in-force.js';
import { runCandidates } from '../../read-model/run-candidates.js';
import type { CarriedFailure, PlannedCells, StartingRun } from './start-revision-run.js';

/**
 * Runs of a revision that takes some definitions over from another one, and everything else as it is in force (B14).
 * Nobody is asked, and what failed fails again.
 */
@Injectable()
export class PartOfRevision {
  constructor(
    @Inject(WORKER_POOL) private readonly pool: Pool,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(PROJECTION_PROGRESS) private readonly progress: ProjectionProgress,
  ) {}

  /**
   * Undefined while any of what it takes over is still being answered.
   * @throws HarmonyError NOT_FOUND where the other revision has no run of the conversation; NOT_READY
   */
  async plan(starting: StartingRun): Promise<PlannedCells | undefined> {
    const { revision, insights } = starting;
    const { part, projectId } = revision.requested;
    const runs = [...(insights?.runs.values() ?? [])];
    const source = runs.findLast(({ revisionId }) => revisionId === part?.ofRevisionId);
    if (!part || !source) throw new HarmonyError('NOT_FOUND', { detail: 'The revision has no run to take over from.' });
    const inForce = await this.inForce(starting);
    const isChosen = ({ definitionId }: PlannedCell): boolean => part.definitionIds.includes(definitionId);
    const taken = cellsOf(source, projectId).filter(isChosen);
    const kept = (inForce ? cellsOf(inForce, projectId) : []).filter((cell) => !isChosen(cell));
    if ([...taken, ...kept].some(({ settled }) => settled === null)) return undefined;
    const cells = [...taken, ...kept].filter(({ settled }) => settled?.outcome !== 'DROPPED');
    const found = new Map(
      cells.flatMap(({ definitionId, settled }): [string, FoundResult][] =>
        settled && 'finding' in settled ? [[definitionId, settled]] : [],
      ),
    );
    return {
      transcriptVersion: source.transcriptVersion,
      extractionVersion: source.extractionVersion,
      eligibility: eligibilityIn(projectId, source, inForce),
      cells: cells.map(({ settled: _, ...cell }) => cell),
      found: (_current, { definitionId }) => found.get(definitionId),
      failures: cells.flatMap(failureOf),
    };
  }

  /** For the project; undefined where no run is. */
  private async inForce({ payload, revision, insights }: StartingRun): Promise<Run | undefined> {
    await this.progress.waitFor(resultsProjection.name, await this.store.head());
    const { rows } = await this.pool.query<RunCandidate>(runCandidates, [payload.conversationId]);
    const inForce = runsInForce(rows).get(revision.requested.projectId);
    if (!inForce) return undefined;
    const run = insights?.runs.get(inForce.run_id);
    // It began after the stream was read: the next try knows it.
    if (!run) throw new HarmonyError('NOT_READY');
    return run;
  }
}

/** At no cost: nobody was asked again. */
function failureOf({ definitionId, settled }: PlannedCell): CarriedFailure[] {
  if (settled?.outcome !== 'FAILED') return [];
  const { identity, code, origin } = settled;
  return [{ definitionId, failure: { identity, code, origin, usage: noUsage, durationMs: 0 } }];
}

const cellsOf = ({ cells }: Run, projectId: string): PlannedCell[] =>
  [...cells.values()].filter((cell) => cell.projectId === projectId);

/** It belongs into the project if either of the two found that it does. */
function eligibilityIn(projectId: string, source: Run, inForce: Run | undefined): Eligibility[] {
  const of = (run: Run | undefined): Eligibility | undefined =>
    run?.eligibility.find((one) => one.projectId === projectId);
  const found = [of(source), of(inForce)].filter((one) => one !== undefined);
  return found.toSorted((left, right) => Number(right.eligible) - Number(left.eligible)).slice(0, 1);
}
