import { requirePermission, requireRevisions, type Directory, type Principal } from '@harmony/access';
import {
  HarmonyError,
  type EstimatePartName,
  type PlanEstimate,
  type PlanSummary,
  type RevisionInput,
} from '@harmony/contracts';
import type { EventStore } from '@harmony/event-store';
import type { ProjectionProgress, ScopedDatabase } from '@harmony/read-model';
import { DIRECTORY, EVENT_STORE, PROJECTION_PROGRESS, SCOPED_DATABASE } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { resultsProjection } from '../../projections/results.projection.js';
import { ProjectQueries } from '../../read-model/project-queries.js';
import { Projects, Settings } from '../../streams/projects.js';
import { Planner, type Figures } from '../plan/planner.js';
import { scopedReads } from '../reads.js';

/** What somebody should know before they execute a revision. */
export const previewWarnings = ['UNDECIDED_CRITERIA', 'FEW_SAMPLES'] as const;
export type PreviewWarning = (typeof previewWarnings)[number];

export interface RevisionPreviewView {
  readonly plan: PlanSummary;
  readonly estimate: PlanEstimate;
  readonly warnings: readonly {
    readonly warning: PreviewWarning;
    readonly count: number;
    readonly detail: string;
  }[];
}

/** Under so many recorded ones an estimate says little. */
const fewSamples = 20;

/** Says what a revision would do, as things are now. Nothing is asked, and nothing changes. */
@Injectable()
export class PreviewRevision {
  constructor(
    private readonly readable: ProjectQueries,
    private readonly projects: Projects,
    private readonly settings: Settings,
    private readonly planner: Planner,
    @Inject(DIRECTORY) private readonly directory: Directory,
    @Inject(SCOPED_DATABASE) private readonly database: ScopedDatabase,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(PROJECTION_PROGRESS) private readonly progress: ProjectionProgress,
  ) {}

  /** @throws HarmonyError FORBIDDEN, FEATURE_DISABLED, UNKNOWN_PROJECT, READ_MODEL_BEHIND */
  async of(principal: Principal, input: RevisionInput): Promise<RevisionPreviewView> {
    requirePermission(principal, 'pipeline-rerun', 'execute', 'all');
    const { workspaceId } = principal;
    await requireRevisions(this.directory, principal);
    await this.readable.byId(principal, input.projectId);
    await this.progress.waitFor(resultsProjection.name, await this.store.head());
    const { state: project } = await this.projects.load(input.projectId);
    const { state: settings } = await this.settings.load(workspaceId);
    if (!project || project.isDeleted) throw new HarmonyError('UNKNOWN_PROJECT');
    const reads = scopedReads(this.database, workspaceId);
    const tally = await this.planner.plan(reads, { project, settings }, input);
    const figures = await this.planner.figures(reads, project, tally, input.noiseSample);
    return { plan: figures.summary, estimate: figures.estimate, warnings: warningsOf(figures, tally.undecided) };
  }
}

const work: Readonly<Record<EstimatePartName, string>> = {
  ...{ TRANSCRIPTION: 'transcriptions', EXTRACTION: 'extractions', CRITERIA: 'criteria', ANSWERS: 'answers' },
};

function warningsOf({ estimate }: Figures, undecided: number): RevisionPreviewView['warnings'] {
  const criteria = {
    ...({ warning: 'UNDECIDED_CRITERIA', count: undecided } as const),
    detail: 'Of so many conversations it is found out only by their runs whether they belong into the project.',
  };
  const samples = estimate.parts
    .filter(({ samples: count }) => count < fewSamples)
    .map(({ name, samples: count }) => ({
      ...({ warning: 'FEW_SAMPLES', count } as const),
      detail: `The estimate of ${work[name]} rests on fewer than ${fewSamples} that are recorded.`,
    }));
  return [...(undecided > 0 ? [criteria] : []), ...samples];
}
