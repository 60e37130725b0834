import { isUuid, type Principal } from '@harmony/access';
import { HarmonyError } from '@harmony/contracts';
import type { EventStore } from '@harmony/event-store';
import type { Clock } from '@harmony/kernel';
import type { ProjectionProgress, ScopedDatabase } from '@harmony/read-model';
import { CLOCK, EVENT_STORE, PROJECTION_PROGRESS, SCOPED_DATABASE } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { reportsProjection } from '../projections/reports.projection.js';

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
   * for one of another project; UNKNOWN_PROJECT for what is no id. Whether the reader may see the project is left to
   * {@link ProjectCatalogue}.
   */
  async of(principal: Principal, projectId: string, requested: RequestedMoment): Promise<Moment> {
    if (!isUuid(projectId)) throw new HarmonyError('UNKNOWN_PROJECT');
    const { asOf, revisionId } = requested;
    if (revisionId !== null) {
      if (asOf !== null) throw refused('/asOf', 'Ask for a time or for a revision, not for both.');
      return { asOf: await this.endOf(principal, projectId, revisionId), revisionId, lives: [] };
    }
    if (asOf !== null) await this.reached(asOf);
    return { asOf, revisionId: null, lives: await this.livesOf(principal, projectId, asOf) };
  }

  private async reached(asOf: string): Promise<void> {
    if (Date.parse(asOf) > this.clock.now().getTime()) throw refused('/asOf', 'This time is still to come.');
    await this.progress.waitFor(reportsProjection.name, await this.store.head());
  }

  private async endOf({ workspaceId }: Principal, projectId: string, revisionId: string): Promise<string | null> {
    const sql = `
      select exists (select from reporting.lives where revision_id = $1 and project_id = $2)
          or exists (select from reporting.runs where revision_id = $1 and project_ids @> array[$2::uuid]) as "isKnown",
             (select completed_at from reporting.runs where revision_id = $1
               order by completed_at desc nulls first limit 1) as "completedAt"`;
    const [state] = isUuid(revisionId)
      ? await this.database.query<RevisionState>(workspaceId, sql, [revisionId, projectId])
      : [];
    if (!state?.isKnown) throw new HarmonyError('UNKNOWN_REVISION');
    return state.completedAt?.toISOString() ?? null;
  }

  private async livesOf(
    { workspaceId }: Principal,
    projectId: string,
    asOf: string | null,
  ): Promise<readonly LiveRevision[]> {
    const sql = `
      select distinct on (revision_id) revision_id as "revisionId", major::float8 as major, minor::float8 as minor
        from reporting.lives where project_id = $1 and live_at <= coalesce($2::timestamptz, 'infinity')
       order by revision_id, lives.major desc, lives.minor desc`;
    return this.database.query<LiveRevision>(workspaceId, sql, [projectId, asOf]);
  }
}

const refused = (pointer: string, detail: string): HarmonyError =>
  new HarmonyError('INVALID_INPUT', { errors: [{ pointer, detail }] });
