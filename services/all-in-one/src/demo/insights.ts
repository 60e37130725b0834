import { z } from 'zod';

const mention = z.object({ name: z.string(), stance: z.string() });

/** The kinds of answers that the sample project asks for. */
const answerSchema = z.discriminatedUnion('__typename', [
  z.object({ __typename: z.literal('CompetitorsAnswer'), mentions: z.array(mention) }),
  z.object({
    __typename: z.literal('DiscountAnswer'),
    discussed: z.boolean(),
    rate: z.number().nullable(),
    amount: z.object({ value: z.number(), currency: z.string() }).nullable(),
  }),
  z.object({ __typename: z.literal('BuyerEngagementAnswer'), score: z.number(), band: z.string() }),
  z.object({ __typename: z.literal('YesNoAnswer'), answer: z.string() }),
  z.object({ __typename: z.literal('OpenAnswer'), text: z.string() }),
]);
type Answer = z.output<typeof answerSchema>;

const resultSchema = z.object({
  title: z.string(),
  outcome: z.string(),
  failureCode: z.string().nullable(),
  answer: answerSchema.nullable(),
  evidence: z.array(z.object({ quote: z.string(), turn: z.number(), startMs: z.number().nullable() })),
  analyst: z.object({ engine: z.string(), isLocal: z.boolean() }).nullable(),
});
type Result = z.output<typeof resultSchema>;

export const insightsSchema = z.object({
  conversationInsights: z
    .object({
      run: z.object({ completedAt: z.string().nullable() }),
      projects: z.array(z.object({ name: z.string(), results: z.array(resultSchema) })),
    })
    .nullable(),
});

export const insightsQuery = `query ($id: ID!) {
  conversationInsights(conversationId: $id) {
    run { completedAt }
    projects {
      name
      results {
        title outcome failureCode evidence { quote turn startMs } analyst { engine isLocal }
        answer {
          __typename
          ... on CompetitorsAnswer { mentions { name stance } }
          ... on DiscountAnswer { discussed rate amount { value currency } }
          ... on BuyerEngagementAnswer { score band }
          ... on YesNoAnswer { answer }
          ... on OpenAnswer { text }
        }
      }
    }
  }
}`;

/** What a definition found, for people to read. */
export interface ShownInsight {
  readonly project: string;
  readonly definition: string;
  readonly answer: string;
  /** Words that support it, and when they were said; null where there are none. */
  readonly quote: { readonly text: string; readonly turn: number; readonly atMs: number | null } | null;
  readonly analyst: string | null;
  /** Whether the analyst that Harmony brings along answered. */
  readonly isLocal: boolean;
}

/** What every definition of every project found. */
export const shownInsights = ({ conversationInsights }: z.output<typeof insightsSchema>): ShownInsight[] =>
  (conversationInsights?.projects ?? []).flatMap(({ name, results }) =>
    results.map((result) => ({
      project: name,
      definition: result.title,
      answer: answerText(result),
      quote: quoteOf(result),
      analyst: result.analyst?.engine ?? null,
      isLocal: result.analyst?.isLocal ?? false,
    })),
  );

function answerText({ outcome, failureCode, answer }: Result): string {
  if (outcome === 'FAILED') return `failed with ${failureCode ?? 'no code'}`;
  return answer ? textOf(answer) : lower(outcome);
}

function textOf(answer: Answer): string {
  switch (answer.__typename) {
    case 'CompetitorsAnswer':
      return answer.mentions.map(({ name, stance }) => `${name} (${lower(stance)})`).join(', ') || 'none';
    case 'DiscountAnswer': {
      const { discussed, rate, amount } = answer;
      if (!discussed) return 'not discussed';
      const named = [rate === null ? [] : `${rate} %`, amount ? `${amount.value} ${amount.currency}` : []].flat();
      return named.join(', ') || 'discussed';
    }
    case 'BuyerEngagementAnswer':
      return `${answer.score} of 10, ${lower(answer.band)}`;
    case 'YesNoAnswer':
      return lower(answer.answer);
    case 'OpenAnswer':
      return answer.text;
  }
}

function quoteOf({ evidence: [first] }: Result): ShownInsight['quote'] {
  return first ? { text: first.quote, turn: first.turn, atMs: first.startMs } : null;
}

const lower = (constant: string): string => constant.toLowerCase().replaceAll('_', ' ');
