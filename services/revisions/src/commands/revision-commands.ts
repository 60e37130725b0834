import { requirePrincipal, type RequestContext } from '@harmony/access';
import { parseInput } from '@harmony/api';
import { HarmonyError, maximumAttributionSample, type RevisionInput } from '@harmony/contracts';
import { derivedId, type Fact } from '@harmony/kernel';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { RevisionAccess } from '../access/revision-access.js';
import {
  decideAttribution,
  decideCancel,
  decidePublish,
  decidePublishPart,
  decideRequest,
  decideRetry,
  decideRollBack,
} from '../domain/decide.js';
import { activeDefinitions } from '../domain/project.js';
import type { ProjectRevisions } from '../domain/project-revisions.js';
import { RevisionQueries } from '../read-model/revision-queries.js';
import type { RevisionView } from '../read-model/revision-view.js';
import { ProjectStreams } from '../streams/project-streams.js';
import { CommandRunner, type Decided } from './command-runner.js';
import { ParkedCheck } from './parked-check.js';
import { seenVersion } from './seen-version.js';

const previewedScope = z
  .object({ conversations: z.int().nonnegative(), scopeDigest: z.string().length(64) })
  .nullable();

const attributionSample = z.object({ sample: z.int().min(1).max(maximumAttributionSample) });

type Decide = (revisions: ProjectRevisions | undefined) => readonly Fact[];

/**
 * What people do to revisions: all of it needs the flag and the permission. Each gives back the revision as readers see
 * it afterwards.
 */
@Injectable()
export class RevisionCommands {
  constructor(
    private readonly access: RevisionAccess,
    private readonly projects: ProjectStreams,
    private readonly queries: RevisionQueries,
    private readonly runner: CommandRunner,
    private readonly parkedCheck: ParkedCheck,
  ) {}

  /**
   * Asks for the past of a project to be run again, by its questions of now, whatever is edited meanwhile.
   * @param previewed what the preview had said, from outside; null where nobody looked
   * @throws HarmonyError FORBIDDEN, FEATURE_DISABLED, UNKNOWN_PROJECT, REVISION_LIMIT, INVALID_INPUT
   */
  async create(request: RequestContext, input: RevisionInput, previewed: unknown = null): Promise<RevisionView> {
    const principal = requirePrincipal(request);
    await this.access.requireExecution(principal);
    const seen = parseInput(previewedScope, previewed);
    const { projectId } = input;
    const { project, revision } = await this.projects.visible(principal, projectId);
    const revisionId = derivedId(request.commandId, 'revision');
    const requested = {
      ...{ revisionId, projectId, input, part: null, previewed: seen, projectRevision: revision },
      analysisRevision: await this.projects.analysisRevision(principal.workspaceId),
      definitions: activeDefinitions(project),
    };
    await this.runner.run(request, projectId, (revisions) => decideRequest(revisions, requested));
    return this.queries.byId(principal, revisionId);
  }

  /** What is under way ends, and what has not begun never does. @throws HarmonyError UNKNOWN_REVISION, REVISION_STATE */
  async cancel(request: RequestContext, id: string): Promise<RevisionView> {
    return (await this.decide(request, id, (revisions) => decideCancel(revisions, id.toLowerCase()))).view();
  }

  /** What failed is tried again, and nothing else. @throws HarmonyError UNKNOWN_REVISION, REVISION_STATE, REVISION_LIMIT */
  async retry(request: RequestContext, id: string): Promise<RevisionView> {
    return (await this.decide(request, id, (revisions) => decideRetry(revisions, id.toLowerCase()))).view();
  }

  /**
   * Has some of its changed results asked again, one input at a time.
   * @param sample how many at most, from outside
   * @throws HarmonyError UNKNOWN_REVISION, REVISION_STATE, INVALID_INPUT
   */
  async attribute(request: RequestContext, id: string, sample: unknown): Promise<RevisionView> {
    const { sample: size } = parseInput(attributionSample, { sample });
    return (await this.decide(request, id, (revisions) => decideAttribution(revisions, id.toLowerCase(), size))).view();
  }

  /**
   * @param definitionIds absent: all of it; some of them become a revision of their own (B14), which is given back and is
   * published by itself once it is complete
   * @throws HarmonyError UNKNOWN_REVISION, REVISION_STATE, REVISION_PARKED, REVISION_LIMIT, UNKNOWN_DEFINITION,
   * INVALID_INPUT; READ_MODEL_BEHIND
   */
  async publish(request: RequestContext, revisionId: string, definitionIds?: readonly string[]): Promise<RevisionView> {
    const partId = derivedId(request.commandId, 'part');
    const part = definitionIds && { partId, definitionIds: definitionIds.map((each) => each.toLowerCase()) };
    const { id } = await this.executable(request, revisionId);
    const parked = await this.parkedCheck.of(id);
    const { decided, view } = await this.decide(request, id, (revisions) =>
      part ? decidePublishPart(revisions, id, part, parked) : decidePublish(revisions, id, parked),
    );
    return decided.some(({ type }) => type === 'RevisionRequested') ? view(partId) : view();
  }

  /**
   * What was in force before it was made live counts again.
   * @param expectedVersion `version` of the revision as the caller saw it; absent: as it is found now
   * @throws HarmonyError UNKNOWN_REVISION, REVISION_CHANGED, REVISION_STATE for one that is not live, REVISION_PARKED,
   * READ_MODEL_BEHIND
   */
  async rollBack(request: RequestContext, id: string, expectedVersion?: number): Promise<RevisionView> {
    const { id: revisionId } = await this.executable(request, id);
    const parked = await this.parkedCheck.ofFlips(revisionId);
    const versionIn = seenVersion(revisionId, expectedVersion);
    const { view } = await this.decide(request, id, (current) =>
      decideRollBack(current, revisionId, { expectedVersion: versionIn(current), parked }),
    );
    return view();
  }

  /**
   * For a revision that the caller may see and may do more with than look at it.
   * @throws HarmonyError FORBIDDEN, FEATURE_DISABLED, UNKNOWN_REVISION, and of the decision
   */
  async decide(
    request: RequestContext,
    id: string,
    decide: Decide,
  ): Promise<{ decided: Decided; view: (otherId?: string) => Promise<RevisionView> }> {
    const principal = requirePrincipal(request);
    const { projectId } = await this.executable(request, id);
    await this.requireThere(request, projectId);
    const decided = await this.runner.run(request, projectId, decide);
    return { decided, view: (otherId = id) => this.queries.byId(principal, otherId) };
  }

  /** @throws HarmonyError FORBIDDEN, FEATURE_DISABLED, UNKNOWN_REVISION */
  async executable(request: RequestContext, id: string): Promise<RevisionView> {
    const principal = requirePrincipal(request);
    await this.access.requireExecution(principal);
    return this.queries.byId(principal, id);
  }

  /** Rights are held against the log, too: the read model may be a moment late. */
  private async requireThere(request: RequestContext, projectId: string): Promise<void> {
    try {
      await this.projects.visible(requirePrincipal(request), projectId);
    } catch (error) {
      const isGone = error instanceof HarmonyError && error.code === 'UNKNOWN_PROJECT';
      throw isGone ? new HarmonyError('UNKNOWN_REVISION') : error;
    }
  }
}
