import { requirePermission, requirePrincipal, type Directory, type RequestContext } from '@harmony/access';
import { streams } from '@harmony/contracts';
import { derivedId } from '@harmony/kernel';
import { DIRECTORY } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { CommandRunner } from '../commands/command-runner.js';
import { createProject } from '../domain/decide-project.js';
import { evolve } from '../domain/project.js';
import { requireKnownTeams, requireOwnTeams, unknownTeams } from './check-teams.js';
import { parseNewProject } from './project-schema.js';

/** Begins a project for one or more teams. */
@Injectable()
export class CreateProject {
  constructor(
    private readonly runner: CommandRunner,
    @Inject(DIRECTORY) private readonly directory: Directory,
  ) {}

  /** `input` is outside data. @returns the id. @throws HarmonyError of the caller's input or rights, UNKNOWN_TEAM */
  async execute(request: RequestContext, input: unknown): Promise<string> {
    const principal = requirePrincipal(request);
    const scope = requirePermission(principal, 'projects', 'create');
    const facts = parseNewProject(input);
    requireKnownTeams(facts.teamIds, await unknownTeams(this.directory, principal, facts.teamIds));
    requireOwnTeams(principal, scope, facts.teamIds);
    const projectId = derivedId(request.commandId, 'project');
    await this.runner.run(request, {
      definition: { stream: streams.project, evolve },
      id: projectId,
      decide: (project) => createProject(project, { projectId, ...facts, createdBy: principal.userId }),
    });
    return projectId;
  }
}
