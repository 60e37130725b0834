import { isUuid, requirePermission, type Principal } from '@harmony/access';
import { HarmonyError, streams } from '@harmony/contracts';
import { StateStreams, type EventStore } from '@harmony/event-store';
import { EVENT_STORE } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { evolve, type Project } from '../domain/project.js';

/** A project as it is now, and the place in its stream where it became so. */
export interface ProjectNow {
  readonly project: Project;
  readonly revision: number;
}

/** Projects in the event store. */
@Injectable()
export class ProjectStreams extends StateStreams<Project> {
  constructor(@Inject(EVENT_STORE) private readonly events: EventStore) {
    super(events, { stream: streams.project, evolve });
  }

  /** @throws HarmonyError UNKNOWN_PROJECT for what is unknown, foreign, out of sight or deleted, alike; FORBIDDEN */
  async visible(principal: Principal, id: string): Promise<ProjectNow> {
    const scope = requirePermission(principal, 'projects', 'read');
    const { state: project, revision } = isUuid(id)
      ? await this.load(id.toLowerCase())
      : { state: undefined, revision: -1 };
    if (!project || project.isDeleted || project.workspaceId !== principal.workspaceId) {
      throw new HarmonyError('UNKNOWN_PROJECT');
    }
    const isOfTeam = scope === 'team' && project.teamIds.some((team) => principal.teamIds.includes(team));
    if (scope !== 'all' && project.createdBy !== principal.userId && !isOfTeam)
      throw new HarmonyError('UNKNOWN_PROJECT');
    return { project, revision };
  }

  /** Place of the last thing that the workspace set for its analysis; null where it has set nothing. */
  async analysisRevision(workspaceId: string): Promise<number | null> {
    const last = this.events.readStream(streams.analysis(workspaceId), { direction: 'backward', limit: 1 });
    for await (const { revision } of last) return revision;
    return null;
  }
}
