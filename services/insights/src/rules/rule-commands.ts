import { requirePermission, requirePrincipal, type RequestContext } from '@harmony/access';
import { derivedId } from '@harmony/kernel';
import { Injectable } from '@nestjs/common';
import { ProjectCommands } from '../commands/project-commands.js';
import {
  removeGoal,
  removeScorecard,
  requireGoal,
  requireScorecard,
  setGoal,
  setScorecard,
} from '../domain/decide-rules.js';
import { parseGoal, parseScorecard } from './rule-schema.js';

/**
 * Goals and scorecards of a project: rules over results, which ask no model (D11). Each throws what the caller's input
 * and rights lack, UNKNOWN_PROJECT, and UNKNOWN_GOAL for an id that is not there.
 */
@Injectable()
export class RuleCommands {
  constructor(private readonly projects: ProjectCommands) {}

  /** Without an id it is a new one. @returns the id. @throws HarmonyError RULE_DOES_NOT_FIT, PROJECT_LIMIT */
  async setGoal(
    request: RequestContext,
    projectId: string,
    goalId: string | null | undefined,
    input: unknown,
  ): Promise<string> {
    requirePermission(requirePrincipal(request), 'projects', 'update');
    const goal = parseGoal(input);
    const id = goalId?.toLowerCase() ?? derivedId(request.commandId, 'goal');
    await this.projects.run(request, projectId, 'update', (project) => {
      if (goalId) requireGoal(project, id);
      return setGoal(project, id, goal);
    });
    return id;
  }

  async removeGoal(request: RequestContext, projectId: string, goalId: string): Promise<void> {
    await this.projects.run(request, projectId, 'update', (project) => removeGoal(project, goalId.toLowerCase()));
  }

  /** Without an id it is a new one. @returns the id. @throws HarmonyError RULE_DOES_NOT_FIT, PROJECT_LIMIT */
  async setScorecard(
    request: RequestContext,
    projectId: string,
    scorecardId: string | null | undefined,
    input: unknown,
  ): Promise<string> {
    requirePermission(requirePrincipal(request), 'projects', 'update');
    const scorecard = parseScorecard(input);
    const id = scorecardId?.toLowerCase() ?? derivedId(request.commandId, 'scorecard');
    await this.projects.run(request, projectId, 'update', (project) => {
      if (scorecardId) requireScorecard(project, id);
      return setScorecard(project, id, scorecard);
    });
    return id;
  }

  async removeScorecard(request: RequestContext, projectId: string, scorecardId: string): Promise<void> {
    const id = scorecardId.toLowerCase();
    await this.projects.run(request, projectId, 'update', (project) => removeScorecard(project, id));
  }
}
