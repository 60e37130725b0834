import type { RequestContext } from '@harmony/access';
import { Injectable } from '@nestjs/common';
import { ProjectCommands } from '../commands/project-commands.js';
import { deleteProject } from '../domain/decide-project.js';

/** Ends a project: nothing is asked for it any more. */
@Injectable()
export class DeleteProject {
  constructor(private readonly projects: ProjectCommands) {}

  /** @throws HarmonyError of the caller's rights, UNKNOWN_PROJECT */
  async execute(request: RequestContext, projectId: string): Promise<void> {
    await this.projects.run(request, projectId, 'delete', deleteProject);
  }
}
