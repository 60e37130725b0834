import { answerSchema } from '@harmony/api';
import {
  evidence,
  insightTypes,
  question,
  resultOutcomes,
  ruleOutcomes,
  runKinds,
  turnSpan,
  usage,
} from '@harmony/contracts';
import { z } from 'zod';

const id = z.uuid();
const instant = z.iso.datetime();
const count = z.int().nonnegative();

const scale = z.object({
  ...{ type: z.literal('SCALE'), question: z.string(), min: z.int(), max: z.int() },
  labels: z.array(z.object({ value: z.int(), label: z.string() })).describe('Not every value needs one.'),
});
const shownQuestion = z.union([...question.options.filter((option) => !isOneOf(option, scale)), scale]);

type Typed = z.ZodObject<{ type: z.ZodLiteral<string> }>;

function isOneOf({ shape }: Typed, ...others: Typed[]): boolean {
  return others.some((other) => other.shape.type.value === shape.type.value);
}

const run = z.object({
  id,
  kind: z.enum(runKinds),
  revisionId: id.nullable().describe('The revision that asked for it; null for the pipeline.'),
  transcriptVersion: z.int().describe('Of the transcript that was read.'),
  resultCount: count.describe('How many results it has, or will have.'),
  startedAt: instant,
  completedAt: instant.nullable().describe('Null while it goes on.'),
  counts: z
    .object({ answered: count, notDiscussed: count, failed: count, carriedOver: count, dropped: count })
    .nullable()
    .describe('Null while it goes on.'),
});

const result = z.object({
  definitionId: id,
  definitionVersion: z.int().describe('The version that was asked.'),
  title: z.string(),
  type: z.enum(insightTypes),
  question: shownQuestion.describe('What was asked, at that version; keys of an answer have their names here.'),
  outcome: z
    .enum(resultOutcomes)
    .describe('Answered, not discussed and failed are three different things; PENDING is not decided yet.'),
  failureCode: z.string().nullable().describe('Of a failure, or why it was dropped.'),
  answer: answerSchema.nullable().describe('Only when it was answered.'),
  rationale: z.string().nullable().describe('Why, in a sentence or two.'),
  confidence: z.number().nullable().describe('0 to 1, as sure as the analyst says that it is.'),
  evidence: z
    .array(evidence)
    .describe(
      'Words that support it, to the letter: the text of the transcript is that of its turns, joined by one line feed, and offsets count UTF-16 code units.',
    ),
  searched: z.array(turnSpan).describe('Turns that were read for it, both ends included.'),
  analyst: z
    .object({ engine: z.string(), model: z.string(), templateVersion: z.string(), isLocal: z.boolean() })
    .nullable()
    .describe('Who answered; null while it is pending.'),
  identity: z
    .string()
    .nullable()
    .describe('SHA-256 of everything that the answer depends on: equal identities have equal answers.'),
  usage: usage.nullable().describe('What it took; null where nobody was asked.'),
  durationMs: count.nullable(),
  carriedOverFromRunId: id.nullable().describe('The run that found it, where that was an earlier one.'),
  settledAt: instant.nullable().describe('Null while it is pending.'),
});

const ruleOutcome = z.enum(ruleOutcomes);

const goal = z.object({
  goalId: id,
  name: z.string(),
  match: z.enum(['ALL', 'ANY']),
  outcome: ruleOutcome,
  conditions: z.array(z.object({ definitionId: id, outcome: ruleOutcome })),
});

const scorecard = z.object({
  scorecardId: id,
  name: z.string(),
  score: z.number().nullable().describe('0 to 100; null when no rule could be decided.'),
  rules: z.array(
    z.object({
      ...{ label: z.string(), weight: z.number(), definitionId: id, outcome: ruleOutcome },
      points: z.number().describe('Of the score; those of all rules add up to it.'),
      possible: z.number().describe('What it could have given.'),
    }),
  ),
});

/** What REST answers about a conversation. */
export const conversationInsightsSchema = z.object({
  conversationId: id,
  run: run.nullable().describe('The newest run; null until the first one began.'),
  projects: z.array(
    z.object({
      ...{ projectId: id, name: z.string() },
      run: run.describe(
        'The run that is in force: of the latest of the pipeline and those of live revisions the newest.',
      ),
      results: z.array(result).describe('In the order of the report.'),
      goals: z.array(goal).describe('Evaluated once all results are there.'),
      scorecards: z.array(scorecard).describe('Evaluated once all results are there.'),
    }),
  ),
  links: z.object({ conversation: z.string(), transcript: z.string() }),
});
