import {
  hideRevision,
  isUuid,
  requirePermission,
  requireRevisions,
  type Directory,
  type Principal,
} from '@harmony/access';
import { HarmonyError, type RevisionDigest } from '@harmony/contracts';
import type { EventStore } from '@harmony/event-store';
import type { ProjectionProgress, ScopedDatabase } from '@harmony/read-model';
import { DIRECTORY, EVENT_STORE, PROJECTION_PROGRESS, SCOPED_DATABASE } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { resultsProjection } from '../../projections/results.projection.js';
import { ProjectQueries } from '../../read-model/project-queries.js';
import { scopedReads } from '../reads.js';
import { digestOf } from './digest-of.js';
import { PublishedDigests } from './published-digests.js';

/** What was published of a revision, beside what is stored of it now. */
export interface DigestCheck {
  /** Null where none was computed: it never was in force, or was so a moment ago. */
  readonly published: RevisionDigest | null;
  readonly stored: RevisionDigest;
  /** Null where nothing is published. */
  readonly isEqual: boolean | null;
}

/** Compares the digest that was published of a revision with what is stored of it now (B9). */
@Injectable()
export class CheckDigest {
  constructor(
    private readonly digests: PublishedDigests,
    private readonly readable: ProjectQueries,
    @Inject(DIRECTORY) private readonly directory: Directory,
    @Inject(SCOPED_DATABASE) private readonly database: ScopedDatabase,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(PROJECTION_PROGRESS) private readonly progress: ProjectionProgress,
  ) {}

  /**
   * @throws HarmonyError FORBIDDEN, FEATURE_DISABLED, READ_MODEL_BEHIND; UNKNOWN_REVISION for one that is not there or
   * has no plan yet, and for one of a project that the reader may not see, alike
   */
  async of(principal: Principal, revisionId: string): Promise<DigestCheck> {
    requirePermission(principal, 'projects', 'read');
    await requireRevisions(this.directory, principal);
    const id = revisionId.toLowerCase();
    const known = isUuid(id) ? (await this.digests.load(id)).state : undefined;
    if (!known) throw new HarmonyError('UNKNOWN_REVISION');
    await this.readable.byId(principal, known.projectId).catch(hideRevision);
    await this.progress.waitFor(resultsProjection.name, await this.store.head());
    const stored = await digestOf(scopedReads(this.database, principal.workspaceId), id);
    const { latest: published } = known;
    return { published, stored, isEqual: published && published.sha256 === stored.sha256 };
  }
}
