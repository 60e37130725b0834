import {
  hideRevision,
  isUuid,
  requirePermission,
  requireRevisions,
  type Directory,
  type Principal,
} from '@harmony/access';
import { HarmonyError } from '@harmony/contracts';
import type { ScopedDatabase } from '@harmony/read-model';
import { DIRECTORY, SCOPED_DATABASE } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { Moments, type Moment } from '../read-model/moment.js';
import { ProjectCatalogue, type CataloguedDefinition } from '../read-model/project-catalogue.js';
import type { ComparedRevision } from './sql/compared-runs.js';

/** What a revision is compared with. */
export const baselines = ['IN_FORCE_NOW', 'IN_FORCE_BEFORE'] as const;
export type Baseline = (typeof baselines)[number];

/** A revision as its reader may compare it. */
export interface ReviewedRevision extends ComparedRevision {
  readonly comparedWith: Baseline;
  /** Whether nothing of it is awaited any more. */
  readonly isFinished: boolean;
  /** Whether changed results are being drawn, to be looked into. */
  readonly isDrawing: boolean;
  /** Those of the project that are there, in the order of the report. */
  readonly definitions: readonly CataloguedDefinition[];
}

interface RevisionRow {
  readonly project_id: string;
  readonly ended_at: Date | null;
  readonly is_drawing: boolean;
}

const present = { asOf: null, revisionId: null };

/** Finds a revision, and what is in force without it. */
@Injectable()
export class ReviewedRevisions {
  constructor(
    @Inject(SCOPED_DATABASE) private readonly database: ScopedDatabase,
    @Inject(DIRECTORY) private readonly directory: Directory,
    private readonly moments: Moments,
    private readonly catalogue: ProjectCatalogue,
  ) {}

  /**
   * A revision that is live now is compared with what was in force before it was made live (last), any other with what
   * is in force now, but for its own runs.
   * @throws HarmonyError FEATURE_DISABLED; FORBIDDEN; UNKNOWN_REVISION for one that is not there, and for one of a
   * project that the reader may not see, alike.
   */
  async find(principal: Principal, id: string): Promise<ReviewedRevision> {
    requirePermission(principal, 'projects', 'read');
    const { workspaceId } = principal;
    await requireRevisions(this.directory, principal);
    const revisionId = id.toLowerCase();
    const [found] = isUuid(revisionId)
      ? await this.database.query<RevisionRow>(
          workspaceId,
          `select project_id, ended_at, attribution_awaited is not null as is_drawing
             from reporting.revisions where revision_id = $1`,
          [revisionId],
        )
      : [];
    if (!found) throw new HarmonyError('UNKNOWN_REVISION');
    const project = await this.catalogue.of(principal, found.project_id, present).catch(hideRevision);
    const baseline = await this.baselineOf(principal, project.id, revisionId);
    const definitions = project.definitions.filter(({ isRemoved }) => !isRemoved);
    return {
      ...{ projectId: project.id, revisionId, baseline, definitions, isFinished: found.ended_at !== null },
      isDrawing: found.is_drawing,
      definitionIds: definitions.map((definition) => definition.id),
      comparedWith: baseline.asOf === null ? 'IN_FORCE_NOW' : 'IN_FORCE_BEFORE',
    };
  }

  private async baselineOf(principal: Principal, projectId: string, revisionId: string): Promise<Moment> {
    const now = await this.moments.of(principal, projectId, present);
    const latest = now.lives.reduce<Moment['lives'][number] | undefined>(
      (last, live) =>
        !last || live.major > last.major || (live.major === last.major && live.minor > last.minor) ? live : last,
      undefined,
    );
    const moment = latest?.revisionId === revisionId ? await this.before(principal, projectId, revisionId) : now;
    return { ...moment, lives: moment.lives.filter((live) => live.revisionId !== revisionId) };
  }

  private async before(principal: Principal, projectId: string, revisionId: string): Promise<Moment> {
    const [live] = await this.database.query<{ live_at: Date }>(
      principal.workspaceId,
      `select live_at from reporting.lives where revision_id = $1 and project_id = $2 and rolled_back_at is null
        order by major desc, minor desc limit 1`,
      [revisionId, projectId],
    );
    return this.moments.of(principal, projectId, { asOf: live?.live_at.toISOString() ?? null, revisionId: null });
  }
}
