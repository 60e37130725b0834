import type { Principal } from '@harmony/access';
import { builtInRoles, revisionInput, streams, type EventDataOf, type EventOf } from '@harmony/contracts';
import { lastPosition } from '@harmony/event-store/testing';
import { fact, newId } from '@harmony/kernel';
import type { Analyst } from '@harmony/llm';
import { eventually } from '@harmony/testing';
import type { z } from 'zod';
import { AskAnalyst } from '../analyst/ask-analyst.js';
import { activeDefinitions, latestVersion } from '../domain/project.js';
import { ProjectQueries } from '../read-model/project-queries.js';
import { Planner } from '../revisions/plan/planner.js';
import { PreviewRevision, type RevisionPreviewView } from '../revisions/preview/preview-revision.js';
import { Projects, Settings } from '../streams/projects.js';
import type { RunningInsights } from './running-insights.js';

export type Form = Partial<z.input<typeof revisionInput>> & { readonly projectId: string };

type Planned = EventOf<'RevisionBatchPlanned' | 'RevisionPlanned' | 'RevisionPlanFailed'>;

const dayMs = 24 * 60 * 60_000;

/** Stands for the service of revisions, which asks for plans, and for an administrator, who previews them. */
export class PlanningRevisions {
  private readonly projects: Projects;
  private readonly settings: Settings;
  private readonly preview: PreviewRevision;

  constructor(
    private readonly system: RunningInsights,
    analyst: Analyst,
  ) {
    const { eventStore, database, progress, configuration, access } = system.backends;
    this.projects = new Projects(eventStore);
    this.settings = new Settings(eventStore);
    const planner = new Planner(new AskAnalyst(analyst), configuration);
    const readable = new ProjectQueries(database.scoped);
    const reads = [database.scoped, eventStore, progress] as const;
    this.preview = new PreviewRevision(readable, this.projects, this.settings, planner, access.directory, ...reads);
  }

  /** Switches the tab on. */
  async enable(): Promise<void> {
    const { backends, workspaceId } = this.system;
    const { position } = await this.system.append(streams.workspace(workspaceId), [
      fact('WorkspaceCreated', { name: 'Sample' }),
      fact('FeatureFlagSet', { flag: 'reports-rerun-tab', enabled: true }),
    ]);
    await backends.progress.waitFor('access.directory', position, 20_000);
  }

  /** As an administrator sees it, once everything that is stored can be read. */
  async previewed(form: Form): Promise<RevisionPreviewView> {
    const { progress, database } = this.system.backends;
    const position = await lastPosition(database.worker);
    for (const projection of ['insights.results', 'insights.projects']) {
      await progress.waitFor(projection, position, 20_000);
    }
    return this.preview.of(this.administrator, inputOf(form));
  }

  /** Everything completed of the last month, where nothing else is said. */
  async request(form: Form, part: EventDataOf<'RevisionRequested'>['part'] = null): Promise<string> {
    const { projectId } = form;
    const revisionId = newId();
    const project = await this.projects.load(projectId);
    const settings = await this.settings.load(this.system.workspaceId);
    await this.system.append(streams.revisions(projectId), [
      fact('RevisionRequested', {
        ...{ revisionId, projectId, number: 1, input: part ? null : inputOf(form), part, previewed: null },
        ...{ projectRevision: project.revision, analysisRevision: settings.revision < 0 ? null : settings.revision },
        definitions: (project.state ? activeDefinitions(project.state) : []).map((definition) => ({
          ...{ definitionId: definition.id, definitionVersion: latestVersion(definition).version },
        })),
      }),
    ]);
    return revisionId;
  }

  async planOf(revisionId: string): Promise<Planned[]> {
    return (await this.system.eventsOf(streams.revisionPlan(revisionId))) as Planned[];
  }

  async batchesOf(revisionId: string): Promise<EventDataOf<'RevisionBatchPlanned'>[]> {
    const events = await this.planOf(revisionId);
    return events.flatMap((event) => (event.type === 'RevisionBatchPlanned' ? [event.data] : []));
  }

  /** Waits until the plan of the nth attempt is complete. */
  async planned(revisionId: string, attempt = 1): Promise<EventDataOf<'RevisionPlanned'>> {
    return eventually(
      async () => {
        const events = await this.planOf(revisionId);
        const found = events.find((event) => event.type === 'RevisionPlanned' && (event.data.attempt ?? 1) === attempt);
        if (found?.type !== 'RevisionPlanned') throw new Error('It is not planned yet.');
        return found.data;
      },
      { withinMs: 40_000 },
    );
  }

  private get administrator(): Principal {
    const { workspaceId } = this.system;
    const userId = newId();
    const permissions = new Set(builtInRoles.admin.permissions);
    return { kind: 'USER', id: userId, userId, workspaceId, roleId: builtInRoles.admin.id, permissions, teamIds: [] };
  }
}

function inputOf(form: Form): ReturnType<typeof revisionInput.parse> {
  const now = Date.now();
  return revisionInput.parse({
    from: new Date(now - 30 * dayMs).toISOString(),
    to: new Date(now + dayMs).toISOString(),
    includeCompleted: true,
    ...form,
  });
}
