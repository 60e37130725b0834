import { eventsFrom, type Cause } from '@harmony/kernel';
import { streams, type HarmonyEvent } from '@harmony/contracts';
import { Injectable } from '@nestjs/common';
import { completableRuns, decideCompletion } from '../domain/decide-run.js';
import type { Insights } from '../domain/insights.js';
import type { Run, Scores } from '../domain/run.js';
import { Projects } from '../streams/projects.js';
import { evaluateProject } from './evaluate-project.js';

/** Ends runs whose last cell is settled: with the scores of their projects, all in the append of that cell. */
@Injectable()
export class CompleteRuns {
  constructor(private readonly projects: Projects) {}

  /** What is to be appended behind this state; nothing where no run is done. */
  async eventsAfter(insights: Insights | undefined, cause: Cause): Promise<HarmonyEvent[]> {
    const events: HarmonyEvent[] = [];
    for (const run of completableRuns(insights)) {
      const facts = decideCompletion(insights, run.id, await this.scoresOf(run));
      const stream = `${streams.insights(insights?.conversationId ?? '')}/completed`;
      events.push(...eventsFrom({ ...cause, causationId: run.startedBy }, stream, facts));
    }
    return events;
  }

  private async scoresOf(run: Run): Promise<Map<string, Scores>> {
    const projectIds = new Set([...run.cells.values()].map(({ projectId }) => projectId));
    const scores = new Map<string, Scores>();
    for (const projectId of projectIds) {
      const { state: project, revision } = await this.projects.load(projectId);
      if (project && !project.isDeleted) scores.set(projectId, evaluateProject(project, revision, run));
    }
    return scores;
  }
}
