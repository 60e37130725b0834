import {
  analystView,
  answerView,
  questionView,
  type AnalystView,
  type AnswerView,
  type QuestionView,
} from '@harmony/api';
import type {
  AnalystOrigin,
  Answer,
  Eligibility,
  Evidence,
  Goal,
  GoalEvaluation,
  InsightType,
  Question,
  ResultOutcome,
  RuleOutcome,
  RunCounts,
  RunKind,
  Scorecard,
  ScorecardEvaluation,
  TurnSpan,
  Usage,
} from '@harmony/contracts';

/** A row of `insights.results` with its definition. */
export interface ResultRow {
  readonly project_id: string;
  readonly definition_id: string;
  readonly definition_version: number;
  readonly title: string;
  readonly question: Question;
  readonly outcome: ResultOutcome;
  readonly identity: string | null;
  readonly failure_code: string | null;
  readonly from_run_id: string | null;
  readonly answer: Answer | null;
  readonly rationale: string | null;
  readonly confidence: number | null;
  readonly evidence: readonly Evidence[] | null;
  readonly searched: readonly TurnSpan[] | null;
  readonly origin: AnalystOrigin | null;
  readonly usage: Usage | null;
  readonly duration_ms: number | null;
  readonly settled_at: Date | null;
}

export interface ScoresRow {
  readonly project_id: string;
  readonly goals: readonly GoalEvaluation[];
  readonly scorecards: readonly ScorecardEvaluation[];
  readonly evaluated_at: Date;
}

/** A row of `insights.projects`, as far as results show it. */
export interface ProjectRow {
  readonly id: string;
  readonly name: string;
  readonly goals: readonly (Goal & { readonly id: string })[];
  readonly scorecards: readonly (Scorecard & { readonly id: string })[];
}

/** A row of `insights.runs`. */
export interface RunRow {
  readonly conversation_id: string;
  readonly run_id: string;
  readonly kind: RunKind;
  readonly revision_id: string | null;
  readonly transcript_version: number;
  readonly eligibility: readonly Eligibility[];
  readonly cell_count: number;
  readonly started_at: Date;
  readonly completed_at: Date | null;
  readonly counts: RunCounts | null;
}

/** What one definition found in one conversation. */
export interface ResultView {
  readonly definitionId: string;
  readonly definitionVersion: number;
  readonly title: string;
  readonly type: InsightType;
  readonly question: QuestionView;
  readonly outcome: ResultOutcome;
  readonly failureCode: string | null;
  readonly answer: AnswerView | null;
  readonly rationale: string | null;
  readonly confidence: number | null;
  readonly evidence: readonly Evidence[];
  readonly searched: readonly TurnSpan[];
  readonly analyst: AnalystView | null;
  readonly identity: string | null;
  readonly usage: Usage | null;
  readonly durationMs: number | null;
  readonly carriedOverFromRunId: string | null;
  readonly settledAt: Date | null;
}

export interface GoalOutcomeView {
  readonly goalId: string;
  readonly name: string;
  readonly match: Goal['match'];
  readonly outcome: RuleOutcome;
  readonly conditions: readonly { readonly definitionId: string; readonly outcome: RuleOutcome }[];
}

export interface ScorecardOutcomeView {
  readonly scorecardId: string;
  readonly name: string;
  readonly score: number | null;
  readonly rules: readonly (ScorecardEvaluation['rules'][number] & {
    readonly label: string;
    readonly weight: number;
    readonly definitionId: string;
  })[];
}

export interface ProjectInsightsView {
  readonly projectId: string;
  readonly name: string;
  readonly run: RunView;
  readonly results: readonly ResultView[];
  readonly goals: readonly GoalOutcomeView[];
  readonly scorecards: readonly ScorecardOutcomeView[];
}

export interface RunView {
  readonly id: string;
  readonly kind: RunKind;
  /** Null for a run of the pipeline. */
  readonly revisionId: string | null;
  readonly transcriptVersion: number;
  readonly resultCount: number;
  readonly startedAt: Date;
  readonly completedAt: Date | null;
  readonly counts: RunCounts | null;
}

/** What was found in a conversation, project by project by the run that is in force there. */
export interface ConversationInsightsView {
  readonly conversationId: string;
  /** The newest of all, by when it began or was made live. */
  readonly run: RunView;
  readonly projects: readonly ProjectInsightsView[];
}

export function resultView(row: ResultRow): ResultView {
  return {
    ...{ definitionId: row.definition_id, definitionVersion: row.definition_version, title: row.title },
    ...{ type: row.question.type, question: questionView(row.question) },
    ...{ outcome: row.outcome, failureCode: row.failure_code, answer: row.answer && answerView(row.answer) },
    ...{ rationale: row.rationale, confidence: row.confidence },
    ...{ evidence: row.evidence ?? [], searched: row.searched ?? [], analyst: row.origin && analystView(row.origin) },
    ...{ identity: row.identity, usage: row.usage, durationMs: row.duration_ms },
    ...{ carriedOverFromRunId: row.from_run_id, settledAt: row.settled_at },
  };
}

export const runView = (row: RunRow): RunView => ({
  ...{
    id: row.run_id,
    kind: row.kind,
    revisionId: row.revision_id,
    transcriptVersion: row.transcript_version,
    resultCount: row.cell_count,
  },
  ...{ startedAt: row.started_at, completedAt: row.completed_at, counts: row.counts },
});

/** A rule that changed since it was evaluated is shown once it is evaluated anew. */
export function projectView(
  { id: projectId, name, goals, scorecards }: ProjectRow,
  run: RunRow,
  results: readonly ResultRow[],
  scores: ScoresRow | undefined,
): ProjectInsightsView {
  return {
    ...{ projectId, name, run: runView(run), results: results.map(resultView) },
    goals: goals.flatMap((goal) => {
      const evaluated = scores?.goals.find(({ goalId }) => goalId === goal.id);
      return evaluated && evaluated.conditions.length === goal.conditions.length ? [goalView(goal, evaluated)] : [];
    }),
    scorecards: scorecards.flatMap((card) => {
      const evaluated = scores?.scorecards.find(({ scorecardId }) => scorecardId === card.id);
      return evaluated && evaluated.rules.length === card.rules.length ? [scorecardView(card, evaluated)] : [];
    }),
  };
}

const goalView = (
  { id: goalId, name, match, conditions }: ProjectRow['goals'][number],
  { outcome, conditions: outcomes }: GoalEvaluation,
): GoalOutcomeView => ({
  ...{ goalId, name, match, outcome },
  conditions: conditions.map(({ definitionId }, index) => ({ definitionId, outcome: outcomes[index] ?? 'UNKNOWN' })),
});

const scorecardView = (
  { id: scorecardId, name, rules }: ProjectRow['scorecards'][number],
  { score, rules: evaluated }: ScorecardEvaluation,
): ScorecardOutcomeView => ({
  ...{ scorecardId, name, score },
  rules: rules.map(({ label, weight, condition: { definitionId } }, index) => {
    const contribution = evaluated[index] ?? { outcome: 'UNKNOWN' as const, points: 0, possible: 0 };
    return { label, weight, definitionId, ...contribution };
  }),
});
