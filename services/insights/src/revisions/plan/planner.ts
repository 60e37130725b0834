import type { InsightType, PlanEstimate, PlanSummary, RevisionInput } from '@harmony/contracts';
import type { Configuration } from '@harmony/config';
import { CONFIGURATION } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { AskAnalyst } from '../../analyst/ask-analyst.js';
import type { Knowledge } from '../../analyst/inquiry.js';
import { questionOf } from '../../domain/eligibility.js';
import { latestVersion, type Project } from '../../domain/project.js';
import type { Reads } from '../reads.js';
import { askingOf } from './estimate.js';
import type { ConversationPlan } from './plan-conversation.js';
import { planEstimateOf } from './plan-estimate.js';
import { planScope } from './plan-scope.js';
import { PlanTally } from './plan-tally.js';
import { questionsOf } from './questions.js';
import { recordedUsage, timedTranscriptions } from './recorded-usage.js';
import { scopeOf } from './scope.js';

/** What a revision asks by: as things are now, or as they were when somebody asked for it. */
export interface AskedBy {
  readonly project: Project;
  readonly settings: Knowledge['settings'];
}

export interface Figures {
  readonly summary: PlanSummary;
  readonly estimate: Required<PlanEstimate>;
}

/** Says what a revision is going to do: to whoever previews it, and to whoever writes its plan. */
@Injectable()
export class Planner {
  constructor(
    private readonly analyst: AskAnalyst,
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
  ) {}

  /** Hands out what is done with each conversation, in the order in which they happened; counts are of all of them. */
  async plan(
    reads: Reads,
    { project, settings }: AskedBy,
    input: RevisionInput,
    each: (plan: ConversationPlan) => void = () => undefined,
  ): Promise<PlanTally> {
    const questions = questionsOf(project, settings, (type) => this.analyst.originOf(type), input);
    const tally = tallyOf(questions);
    for await (const page of planScope(reads, questions, scopeOf(reads.workspaceId, input))) {
      for (const plan of page) {
        tally.add(plan);
        each(plan);
      }
    }
    return tally;
  }

  /**
   * What is counted, and what it takes.
   * @param repeated unchanged cells that are asked again
   */
  async figures(reads: Reads, project: Project, tally: PlanTally, repeated: number): Promise<Figures> {
    const { summary, conversationIds, workload } = tally;
    const work = {
      ...{ earlier: workload, answers: askingOf(summary, typeIn(project), repeated) },
      criterionTypeOf: criterionTypeIn(project),
    };
    const recorded = {
      ...(await recordedUsage(reads, conversationIds, this.analyst.originOf('SUMMARY'))),
      transcriptions: workload.recordings.most > 0 ? await timedTranscriptions(reads, conversationIds) : [],
    };
    const { jobConcurrency: recordings } = this.configuration.work;
    // One conversation at a time is asked by each job; the built-in analyst has one thread.
    const questions = this.analyst.isMetered ? recordings : 1;
    return { summary, estimate: planEstimateOf(work, recorded, { questions, recordings }) };
  }
}

const tallyOf = ({ definitions }: Pick<ReturnType<typeof questionsOf>, 'definitions'>): PlanTally =>
  new PlanTally(definitions.map(({ definitionId }) => definitionId));

const typeIn =
  ({ definitions }: Project) =>
  (id: string): InsightType | null => {
    const definition = definitions.get(id);
    return definition ? latestVersion(definition).question.type : null;
  };

const criterionTypeIn =
  ({ criteria }: Project) =>
  (id: string): InsightType | null => {
    const found = criteria.get(id);
    return (found && questionOf(found.criterion)?.type) ?? null;
  };
