import { requirePrincipal, type RequestContext } from '@harmony/access';
import { streams } from '@harmony/contracts';
import { Injectable } from '@nestjs/common';
import { CommandRunner } from '../commands/command-runner.js';
import { decidePin, decideUnpin, evolve } from '../domain/pins.js';
import { ProjectQueries } from '../read-model/project-queries.js';
import type { ProjectView } from '../read-model/views.js';

const definition = { stream: streams.pin, evolve };

/** Everybody pins for themselves, whatever they may read (F11). */
@Injectable()
export class PinProject {
  constructor(
    private readonly runner: CommandRunner,
    private readonly projects: ProjectQueries,
  ) {}

  /** @throws HarmonyError UNKNOWN_PROJECT for one that the caller may not read. */
  pin(request: RequestContext, projectId: string): Promise<ProjectView> {
    return this.change(request, projectId, decidePin);
  }

  /** @throws HarmonyError UNKNOWN_PROJECT for one that the caller may not read. */
  unpin(request: RequestContext, projectId: string): Promise<ProjectView> {
    return this.change(request, projectId, decideUnpin);
  }

  private async change(request: RequestContext, id: string, decide: typeof decidePin): Promise<ProjectView> {
    const principal = requirePrincipal(request);
    const { id: projectId } = await this.projects.byId(principal, id);
    const { userId } = principal;
    await this.runner.run(request, { definition, id: userId, decide: (pins) => decide(pins, { userId, projectId }) });
    return this.projects.byId(principal, projectId);
  }
}
