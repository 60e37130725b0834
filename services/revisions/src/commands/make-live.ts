import { requirePrincipal, type RequestContext } from '@harmony/access';
import { Injectable } from '@nestjs/common';
import { decideMakeLive } from '../domain/decide.js';
import { ConflictQueries } from '../read-model/conflict-queries.js';
import type { RevisionView } from '../read-model/revision-view.js';
import { ParkedCheck } from './parked-check.js';
import { RevisionCommands } from './revision-commands.js';
import { seenVersion } from './seen-version.js';

/** As many of the conversations that lose newer results are named in the error. */
const namedConflicts = 100;

export interface FlipOptions {
  readonly confirmReplacingNewer: boolean;
  /** `version` of the revision as the caller saw it; absent: as it is found now. */
  readonly expectedVersion?: number;
}

/** Puts a revision in force, or back in force (D3). */
@Injectable()
export class MakeLive {
  constructor(
    private readonly commands: RevisionCommands,
    private readonly conflicts: ConflictQueries,
    private readonly parkedCheck: ParkedCheck,
  ) {}

  /**
   * Of two who press at once one wins, and the other one is told.
   * @throws HarmonyError FORBIDDEN, FEATURE_DISABLED, UNKNOWN_REVISION; REVISION_STATE, REVISION_CHANGED,
   * REVISION_PARKED, REVISION_REPLACES_NEWER; READ_MODEL_BEHIND
   */
  async execute(request: RequestContext, revisionId: string, options: FlipOptions): Promise<RevisionView> {
    const { id } = await this.commands.executable(request, revisionId);
    // Everything that is in the log now is looked at, by both.
    const parked = await this.parkedCheck.of(id);
    const newer = await this.newerThan(request, id);
    const { confirmReplacingNewer } = options;
    const versionIn = seenVersion(id, options.expectedVersion);
    const { view } = await this.commands.decide(request, id, (current) =>
      decideMakeLive(current, id, { expectedVersion: versionIn(current), newer, confirmReplacingNewer, parked }),
    );
    return view();
  }

  private async newerThan(
    request: RequestContext,
    id: string,
  ): Promise<{ readonly count: number; readonly conversationIds: readonly string[] }> {
    const page = { first: namedConflicts, after: null };
    const { totalCount, edges } = await this.conflicts.list(requirePrincipal(request), id, page);
    return { count: totalCount, conversationIds: edges.map(({ node }) => node.conversationId) };
  }
}
