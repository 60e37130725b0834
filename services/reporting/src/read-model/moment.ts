import { isUuid, requirePermission, scopeFilter, type Principal } from '@harmony/access';
import { HarmonyError } from '@harmony/contracts';
import type { EventStore } from '@harmony/event-store';
import type { Clock } from '@harmony/kernel';
import type { ProjectionProgress, ScopedDatabase } from '@harmony/read-model';
import { CLOCK, EVENT_STORE, PROJECTION_PROGRESS, SCOPED_DATABASE } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { reportsProjection } from '../projections/reports.projection.js';
import { livesOf } from './lives.js';
import { projectScopeColumns } from './project-catalogue.js';
import { Parameters } from './sql.js';

/** What somebody asks for: the present when both are null. */
export interface RequestedMoment {
  /** ISO 8601; everything as it was then. */
  readonly asOf: string | null;
  /** Exactly the runs of this revision, whether it is live or not. */
  readonly revisionId: string | null;
}

/** A revision that was made live for a project, and where in the log that happened last. */
export interface LiveRevision {
  readonly revisionId: string;
  readonly major: number;
  readonly minor: number;
}

/** From where a project is looked at. */
export interface Moment extends RequestedMoment {
  /** Those of the project at that time; none where a revision is looked at by itself. */
  readonly lives: readonly LiveRevision[];
}

interface RevisionState {
  readonly isVisible: boolean;
  readonly isKnown: boolean;
  /** When its last run ended; null while one goes on, and where none has begun. */
  readonly completedAt: Date | null;
}

/** Finds out what a moment means for a project. */
@Injectable()
export class Moments {
  constructor(
    @Inject(SCOPED_DATABASE) private readonly database: ScopedDatabase,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(PROJECTION_PROGRESS) private readonly progress: ProjectionProgress,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * For a time: once everything that the log held when asked is in the read model. For a revision: as of the end of its
   * last run, or now while one goes on.
   * @throws HarmonyError INVALID_INPUT for a time to come, and for a time together with a revision; UNKNOWN_REVISION
   * for one of another project; UNKNOWN_PROJECT for what is no id, and for a revision of a project that the reader may
   * not see. Otherwise whether they may is left to {@link ProjectCatalogue}.
   */
  async of(principal: Principal, projectId: string, requested: RequestedMoment): Promise<Moment> {
    if (!isUuid(projectId)) throw new HarmonyError('UNKNOWN_PROJECT');
    const { asOf, revisionId } = requested;
    if (revisionId !== null) {
      if (asOf !== null) throw refused('/asOf', 'Ask for a time or for a revision, not for both.');
      return { asOf: await this.endOf(principal, projectId, revisionId), revisionId, lives: [] };
    }
    if (asOf !== null) await this.reached(asOf);
    return { asOf, revisionId: null, lives: await livesOf(this.database, { ...principal, projectId }, asOf) };
  }

  private async reached(asOf: string): Promise<void> {
    if (Date.parse(asOf) > this.clock.now().getTime()) throw refused('/asOf', 'This time is still to come.');
    await this.progress.waitFor(reportsProjection.name, await this.store.head());
  }

  /** Who may not see the project learns nothing of its revisions, not even whether one is there. */
  private async endOf(principal: Principal, projectId: string, revisionId: string): Promise<string | null> {
    const scope = requirePermission(principal, 'projects', 'read');
    const parameters = new Parameters(1);
    const project = `${parameters.add(projectId)}::uuid`;
    const revision = `${parameters.add(isUuid(revisionId) ? revisionId : null)}::uuid`;
    const allowed = parameters.include((first) => scopeFilter(principal, scope, first, projectScopeColumns));
    const ofProject = `revision_id = ${revision} and project_id = ${project}`;
    const sql = `
      select exists (select from reporting.projects today where today.id = ${project} and ${allowed}) as "isVisible",
             exists (select from reporting.revisions where ${ofProject})
          or exists (select from reporting.lives where ${ofProject})
          or exists (select from reporting.runs where revision_id = ${revision} and project_ids @> array[${project}])
             as "isKnown",
             (select completed_at from reporting.runs where revision_id = ${revision}
                 and not exists (select from reporting.revisions where ${ofProject} and ended_at is null)
               order by completed_at desc nulls first limit 1) as "completedAt"`;
    const [state] = await this.database.query<RevisionState>(principal.workspaceId, sql, parameters.values);
    if (!state?.isVisible) throw new HarmonyError('UNKNOWN_PROJECT');
    if (!state.isKnown) throw new HarmonyError('UNKNOWN_REVISION');
    return state.completedAt?.toISOString() ?? null;
  }
}

const refused = (pointer: string, detail: string): HarmonyError =>
  new HarmonyError('INVALID_INPUT', { errors: [{ pointer, detail }] });
