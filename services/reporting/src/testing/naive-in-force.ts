import { completedStatus, statusDuring, type EventDataOf } from '@harmony/contracts';
import type { RequestedMoment } from '../read-model/moment.js';
import type { Happening, HistoryCast } from './random-history.js';

type Facts = Record<string, unknown>;

interface Run {
  readonly data: EventDataOf<'InsightsRunStarted'>;
  readonly place: number;
}

/** Reads a history again from its beginning for every question, with no index, no columns and no past. */
export class NaiveInForce {
  constructor(
    private readonly cast: HistoryCast,
    private readonly history: readonly Happening[],
  ) {}

  /** The time that a moment stands for; undefined for now. */
  timeOf({ asOf, revisionId }: RequestedMoment): string | undefined {
    if (revisionId === null) return asOf ?? undefined;
    if (this.isUnderWay(revisionId)) return undefined;
    const runs = this.runs().filter(({ data }) => data.revisionId === revisionId);
    const ends = runs.map(({ data }) => this.endOf(data.runId));
    return ends.includes(undefined) ? undefined : ends.sort().at(-1);
  }

  /** Conversations by id, with the run in force and their facts. */
  inForce(moment: RequestedMoment): Map<string, Facts> {
    const time = this.timeOf(moment);
    const found = new Map<string, Facts>();
    for (const id of this.cast.conversationIds) {
      const facts = this.factsOf(id, time);
      const run = facts && this.runOf(id, moment, time);
      const isEligible = run?.data.eligibility.some((one) => one.projectId === this.cast.projectId && one.eligible);
      if (facts && run && isEligible)
        found.set(id, { ...facts, run_id: run.data.runId, run_kind: run.data.kind, revision_id: run.data.revisionId });
    }
    return found;
  }

  /** Outcomes of the cells of one run, or undefined where there is none. */
  outcomeOf(runId: string, time?: string): string | undefined {
    let outcome: string | undefined;
    for (const { fact } of this.until(time)) {
      if (fact.type === 'InsightsRunStarted' && fact.data.runId === runId && fact.data.cells.length > 0)
        outcome = 'PENDING';
      if (fact.type === 'InsightRecorded' && fact.data.runId === runId) outcome = fact.data.finding.outcome;
      if (fact.type === 'InsightFailed' && fact.data.runId === runId) outcome = 'FAILED';
    }
    return outcome;
  }

  goalOf(runId: string, time?: string): string | undefined {
    const evaluations = this.until(time).flatMap(({ fact }) =>
      fact.type === 'ScoresEvaluated' && fact.data.runId === runId ? [fact.data.goals[0]?.outcome] : [],
    );
    return evaluations.at(-1);
  }

  /** Name of the project, its goals, and what its definition is called and asks. */
  project(time?: string): Facts {
    const project: Facts = { goal: undefined };
    for (const { fact } of this.until(time)) {
      if (fact.type === 'ProjectCreated' || fact.type === 'ProjectChanged') project['name'] = fact.data.name;
      if (fact.type === 'GoalSet') project['goal'] = fact.data.goal.name;
      if (fact.type === 'DefinitionCreated' || fact.type === 'DefinitionPresented')
        project['title'] = fact.data.presentation.title;
      if (fact.type === 'DefinitionCreated' || fact.type === 'DefinitionEdited') {
        project['version'] = fact.data.definitionVersion;
        project['question'] = fact.data.question;
      }
    }
    return project;
  }

  private until(time: string | undefined): readonly Happening[] {
    return this.history.filter(({ occurredAt }) => time === undefined || occurredAt <= time);
  }

  /** Whether the project has heard of it, by its request, by a run that is still there or by its being made live. */
  knows(revisionId: string): boolean {
    const isEligible = ({ data }: Run): boolean =>
      data.revisionId === revisionId &&
      data.eligibility.some((one) => one.projectId === this.cast.projectId && one.eligible);
    const isRequested = this.history.some(
      ({ fact }) => fact.type === 'RevisionRequested' && fact.data.revisionId === revisionId,
    );
    return isRequested || this.runs().some(isEligible) || this.wasMadeLive(revisionId);
  }

  /** Whether it was asked for, or tried again, and has not ended since. */
  private isUnderWay(id: string): boolean {
    const last = this.history.findLast(({ fact: { type, data } }) => {
      const isOfIt = 'revisionId' in data && data.revisionId === id;
      return (
        isOfIt && ['RevisionRequested', 'RevisionRetried', 'RevisionCompleted', 'RevisionCancelled'].includes(type)
      );
    });
    return last?.fact.type === 'RevisionRequested' || last?.fact.type === 'RevisionRetried';
  }

  private isDeleted(id: string): boolean {
    return this.history.some(({ fact }) => fact.type === 'ConversationDeleted' && fact.data.conversationId === id);
  }

  private runs(time?: string): Run[] {
    const places = new Map(this.history.map((happening, place) => [happening, place]));
    return this.until(time).flatMap((happening) =>
      happening.fact.type === 'InsightsRunStarted' && !this.isDeleted(happening.fact.data.conversationId)
        ? [{ data: happening.fact.data, place: places.get(happening) ?? 0 }]
        : [],
    );
  }

  private endOf(runId: string): string | undefined {
    return this.history.find(({ fact }) => fact.type === 'InsightsRunCompleted' && fact.data.runId === runId)
      ?.occurredAt;
  }

  private runOf(id: string, { revisionId }: RequestedMoment, time: string | undefined): Run | undefined {
    const runs = this.runs(time).filter(({ data }) => data.conversationId === id);
    if (revisionId !== null) return runs.filter(({ data }) => data.revisionId === revisionId).at(-1);
    const placed = runs.map((run) => ({ run, place: this.placeOf(run, time) }));
    // The later of equals comes last in the log.
    return placed
      .filter(({ place }) => place >= 0)
      .reduce<{ run?: Run; place: number }>((best, each) => (each.place >= best.place ? each : best), { place: -1 })
      .run;
  }

  private placeOf({ data: { revisionId }, place }: Run, time: string | undefined): number {
    return revisionId === null ? place : this.livedAt(revisionId, time);
  }

  /** Where the revision was made live last, unless that was rolled back by then; -1 for nowhere. */
  private livedAt(id: string, time?: string): number {
    const flips: number[] = [];
    for (const { fact } of this.until(time)) {
      if (fact.type === 'RevisionMadeLive') flips.push(this.history.findIndex((happening) => happening.fact === fact));
      // Only what was made live last is ever rolled back.
      if (fact.type === 'RevisionRolledBack') flips.pop();
    }
    return flips.findLast((place) => this.isOf(place, id)) ?? -1;
  }

  private wasMadeLive(id: string): boolean {
    return this.history.some((_, place) => this.isOf(place, id));
  }

  private isOf(place: number, id: string): boolean {
    const fact = this.history[place]?.fact;
    return fact?.type === 'RevisionMadeLive' && fact.data.revisionId === id;
  }

  private factsOf(id: string, time: string | undefined): Facts | undefined {
    const about = this.history.filter(({ fact }) => 'conversationId' in fact.data && fact.data.conversationId === id);
    if (this.isDeleted(id)) return undefined;
    let facts: Facts | undefined;
    for (const { fact, occurredAt } of about) {
      if (time !== undefined && occurredAt > time) break;
      if (fact.type === 'ConversationSubmitted') facts = { ...factsOf(fact.data), status: 'QUEUED', came: occurredAt };
      if (fact.type === 'ConversationChanged') facts = { ...facts, ...factsOf(fact.data) };
      if (fact.type === 'StageStarted') facts = { ...facts, status: statusDuring[fact.data.stage] };
      if (fact.type === 'ConversationCompleted') facts = { ...facts, status: completedStatus(fact.data) };
    }
    if (!facts) return undefined;
    const { came, started, ...rest } = facts;
    return { ...rest, happened_at: new Date(String(started ?? came)).toISOString() };
  }
}

function factsOf(data: EventDataOf<'ConversationSubmitted' | 'ConversationChanged'>): Facts {
  const { title, teamId: team_id, ownerId: owner_id, tags, customFields: custom_fields, startedAt: started } = data;
  const named = { title, team_id, owner_id, tags, custom_fields, started };
  return Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined));
}
