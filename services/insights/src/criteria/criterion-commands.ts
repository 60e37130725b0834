import {
  requirePermission,
  requirePrincipal,
  type Directory,
  type Principal,
  type RequestContext,
} from '@harmony/access';
import { HarmonyError, type Criterion, type ErrorCode } from '@harmony/contracts';
import { derivedId } from '@harmony/kernel';
import { DIRECTORY } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { ProjectCommands } from '../commands/project-commands.js';
import { removeCriterion, requireCriterion, setCriterion } from '../domain/decide-criteria.js';
import { parseCriterion } from './criterion-schema.js';

/** What narrows a project down. Each throws what the caller's input and rights lack, and UNKNOWN_PROJECT. */
@Injectable()
export class CriterionCommands {
  constructor(
    private readonly projects: ProjectCommands,
    @Inject(DIRECTORY) private readonly directory: Directory,
  ) {}

  /**
   * Without an id it is a new one. @returns the id.
   * @throws HarmonyError UNKNOWN_CRITERION, UNKNOWN_CUSTOM_FIELD, UNKNOWN_OWNER, PROJECT_LIMIT
   */
  async set(
    request: RequestContext,
    projectId: string,
    criterionId: string | null | undefined,
    input: unknown,
  ): Promise<string> {
    const principal = requirePrincipal(request);
    requirePermission(principal, 'projects', 'update');
    const criterion = parseCriterion(input);
    const unknown = await this.unknown(principal, criterion);
    const id = criterionId?.toLowerCase() ?? derivedId(request.commandId, 'criterion');
    await this.projects.run(request, projectId, 'update', (project) => {
      if (criterionId) requireCriterion(project, id);
      // Only whoever may see the project is told what is wrong with the change.
      if (unknown) throw unknown;
      return setCriterion(project, id, criterion);
    });
    return id;
  }

  /** @throws HarmonyError UNKNOWN_CRITERION */
  async remove(request: RequestContext, projectId: string, criterionId: string): Promise<void> {
    const id = criterionId.toLowerCase();
    await this.projects.run(request, projectId, 'update', (project) => removeCriterion(project, id));
  }

  /** What the criterion names and the workspace does not have. */
  private async unknown({ workspaceId }: Principal, criterion: Criterion): Promise<HarmonyError | undefined> {
    if (criterion.type !== 'ATTRIBUTE') return undefined;
    const { condition } = criterion;
    if (condition.attribute === 'CUSTOM_FIELD') {
      const fields = await this.directory.customFields(workspaceId, 'CONVERSATION');
      const isKnown = fields.some(({ key }) => key === condition.key);
      return isKnown ? undefined : refusal('UNKNOWN_CUSTOM_FIELD', ['/attribute/customField/key']);
    }
    if (condition.attribute !== 'OWNER') return undefined;
    const known = await Promise.all(condition.anyOf.map((id) => this.directory.userExists(workspaceId, id)));
    const pointers = known.flatMap((isKnown, index) => (isKnown ? [] : [`/attribute/owner/anyOf/${index}`]));
    return pointers.length === 0 ? undefined : refusal('UNKNOWN_OWNER', pointers);
  }
}

function refusal(code: ErrorCode, pointers: readonly string[]): HarmonyError {
  const { title: detail } = new HarmonyError(code);
  return new HarmonyError(code, { errors: pointers.map((pointer) => ({ pointer, detail, code })) });
}
