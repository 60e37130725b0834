import { requirePermission, requirePrincipal, type Directory, type RequestContext } from '@harmony/access';
import { DIRECTORY } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { ProjectCommands } from '../commands/project-commands.js';
import { changeProject } from '../domain/decide-project.js';
import { requireKnownTeams, requireOwnTeams, unknownTeams } from './check-teams.js';
import { parseProjectChanges } from './project-schema.js';

/** Changes name, language, teams and knowledge of a project; conversations of the past keep their answers (F12). */
@Injectable()
export class ChangeProject {
  constructor(
    private readonly projects: ProjectCommands,
    @Inject(DIRECTORY) private readonly directory: Directory,
  ) {}

  /** `input` is outside data. @throws HarmonyError of the caller's input or rights, UNKNOWN_PROJECT, UNKNOWN_TEAM */
  async execute(request: RequestContext, projectId: string, input: unknown): Promise<void> {
    const principal = requirePrincipal(request);
    requirePermission(principal, 'projects', 'update');
    const { teamIds, ...changes } = parseProjectChanges(input);
    const unknown = await unknownTeams(this.directory, principal, teamIds ?? []);
    await this.projects.run(request, projectId, 'update', (project, scope) => {
      const wanted = teamIds && inOrderOf(project.teamIds, teamIds);
      if (wanted) {
        requireKnownTeams(wanted, unknown, project.teamIds);
        requireOwnTeams(principal, scope, wanted, project.teamIds);
      }
      return changeProject(project, { ...changes, ...(wanted && { teamIds: wanted }) });
    });
  }
}

/** Teams are a set: the same ones in another order are no change. */
const inOrderOf = (before: readonly string[], wanted: string[]): string[] => {
  const kept = before.filter((id) => wanted.includes(id));
  return [...kept, ...wanted.filter((id) => !kept.includes(id))];
};
