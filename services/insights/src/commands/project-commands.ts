import {
  isUuid,
  requirePermission,
  requirePrincipal,
  widestScope,
  type Principal,
  type RequestContext,
} from '@harmony/access';
import { HarmonyError, streams, type Action, type Scope } from '@harmony/contracts';
import type { Fact } from '@harmony/kernel';
import { Injectable } from '@nestjs/common';
import { evolve, type Project } from '../domain/project.js';
import { CommandRunner } from './command-runner.js';

/** A decision about a project that the caller may do this to, with the scope in which they may. */
export type Decide = (project: Project, scope: Scope) => readonly Fact[];

/** What all changes of a project share: it is there, the caller may see it and may do this to it. */
@Injectable()
export class ProjectCommands {
  constructor(private readonly runner: CommandRunner) {}

  /**
   * Rights are held against the log and not against a read model, and again when somebody else was faster.
   * @throws HarmonyError UNKNOWN_PROJECT for what is unknown, foreign, out of sight or deleted, alike; FORBIDDEN
   */
  run(
    request: RequestContext,
    projectId: string,
    action: Action,
    decide: Decide,
  ): Promise<readonly Pick<Fact, 'type'>[]> {
    const principal = requirePrincipal(request);
    requirePermission(principal, 'projects', action);
    if (!isUuid(projectId)) throw new HarmonyError('UNKNOWN_PROJECT');
    return this.runner.run(request, {
      definition: { stream: streams.project, evolve },
      id: projectId.toLowerCase(),
      decide: (project) => decide(...allowed(principal, action, project)),
    });
  }
}

function allowed(principal: Principal, action: Action, project: Project | undefined): [Project, Scope] {
  if (!project || project.isDeleted || project.workspaceId !== principal.workspaceId) {
    throw new HarmonyError('UNKNOWN_PROJECT');
  }
  const scope = scopeOver(principal, action, project);
  if (scope) return [project, scope];
  if (!scopeOver(principal, 'read', project)) throw new HarmonyError('UNKNOWN_PROJECT');
  throw new HarmonyError('FORBIDDEN', {
    detail: `Your role does not allow you to ${action} this project, only others. Ask an administrator.`,
  });
}

/** The scope in which the principal may do this to the project; undefined when they may not (D6). */
function scopeOver(principal: Principal, action: Action, { createdBy, teamIds }: Project): Scope | undefined {
  const scope = widestScope(principal, 'projects', action);
  const isOwn = createdBy === principal.userId;
  const isOfTeam = scope === 'team' && teamIds.some((id) => principal.teamIds.includes(id));
  return scope === 'all' || isOwn || isOfTeam ? scope : undefined;
}
