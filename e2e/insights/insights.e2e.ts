import { createLocalAnalyst } from '@harmony/llm';
import { ModelServer, readPrompt, respondBy, type Responder } from '@harmony/llm/testing';
import { eventually } from '@harmony/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { graphql, send, type Access } from '../support/api.js';
import { createProject, type SampleProject } from '../support/projects.js';
import { completed, startHarmony, succeed, type RunningHarmony } from '../support/running-harmony.js';

const parts = [
  { key: 'sale', name: 'Sale', description: 'Somebody sells something.' },
  { key: 'help', name: 'Help', description: 'Somebody needs help.' },
];
const definitions = [
  ...['SUMMARY', 'DISCOUNT', 'BUYER_ENGAGEMENT', 'SPIN_IMPROVEMENT', 'SPIN_DISTRIBUTION'].map((fixed) => ({ fixed })),
  { competitors: { track: ['Paperstream'] } },
  { openQuestion: { question: 'How many invoices do they process a month?' } },
  { yesNo: { question: 'Is the budget approved?' } },
  { checklist: { items: [{ key: 'price', text: 'The host names the price' }] } },
  { markdown: { prompt: 'List the next steps.' } },
  { group: { buckets: parts } },
  { scale: { question: 'How interested is the customer?' } },
  { funnel: { stages: parts } },
].map((question) => ({ title: Object.keys(question).join(), question }));

const text = [
  'Dana: Hello, how many invoices does your team process every month at the moment?',
  'Marlow: About four thousand, and three people type all of them in by hand.',
  'Dana: What happens when invoices get lost?',
  'Marlow: Then the closing of the month is late. We are also considering Paperstream.',
  'Dana: Our price is 900 euros a month, and I can offer you a discount of 10 percent for the first year.',
  'Marlow: The budget is approved. I am very excited to get going, so please send the contract by Friday.',
].join('\n');

const evidenceSchema = z.object({ quote: z.string(), turn: z.number(), start: z.number(), end: z.number() });
const resultSchema = z.object({
  type: z.string(),
  outcome: z.enum(['ANSWERED', 'NOT_DISCUSSED', 'FAILED']),
  failureCode: z.string().nullable(),
  answer: z.object({ __typename: z.string() }).nullable(),
  evidence: z.array(evidenceSchema),
  analyst: z.object({ engine: z.string(), isLocal: z.boolean(), templateVersion: z.string() }),
  identity: z.string().length(64),
  usage: z.object({ calls: z.number() }).nullable(),
});
const insightsSchema = z.object({
  run: z.object({ completedAt: z.string(), counts: z.object({ failed: z.number() }) }),
  projects: z.array(
    z.object({
      results: z.array(resultSchema),
      goals: z.array(z.object({ outcome: z.string(), conditions: z.array(z.unknown()) })),
      scorecards: z.array(z.object({ score: z.number().nullable(), rules: z.array(z.object({ points: z.number() })) })),
    }),
  ),
});

const insightsOf = async (access: Access, id: string): Promise<z.output<typeof insightsSchema>> => {
  const query = `query ($id: ID!) { conversationInsights(conversationId: $id) {
    run { completedAt counts { failed } }
    projects { results { type outcome failureCode answer { __typename } evidence { quote turn start end }
        analyst { engine isLocal templateVersion } identity usage { calls } }
      goals { outcome conditions { outcome } } scorecards { score rules { points } } } } }`;
  return insightsSchema.parse((await succeed(access, query, { id }))['conversationInsights']);
};

const submit = async (access: Access, teamId: string): Promise<string> => {
  const { body } = await send(access, 'POST', '/v1/conversations', { text, teamId });
  return z.object({ id: z.string() }).parse(body).id;
};

describe('insights of the analyst that is built in', () => {
  let harmony: RunningHarmony;
  let admin: Access;
  let project: SampleProject;
  let conversation: string;
  beforeAll(async () => {
    harmony = await startHarmony();
    ({ admin } = await harmony.workspace('Local'));
    project = await createProject(admin, definitions);
    const budget = definitions.findIndex(({ title }) => title === 'yesNo');
    const condition = { answerIs: { definitionId: project.definitionIds[budget], answer: 'YES' } };
    await succeed(admin, 'mutation ($id: ID!, $input: GoalInput!) { setGoal(projectId: $id, input: $input) { id } }', {
      id: project.id,
      input: { name: 'Budget', conditions: [condition] },
    });
    await succeed(
      admin,
      'mutation ($id: ID!, $input: ScorecardInput!) { setScorecard(projectId: $id, input: $input) { id } }',
      { id: project.id, input: { name: 'Score', rules: [{ label: 'Budget', weight: 2, condition }] } },
    );
    conversation = await submit(admin, project.teamId);
    await completed(admin, conversation, 60_000);
  }, 180_000);
  afterAll(() => harmony.stop());

  it('are of all thirteen types, say who answered, and quote the transcript to the letter', async () => {
    const { run, projects } = await insightsOf(admin, conversation);
    expect(run.counts.failed).toBe(0);
    const results = projects[0]?.results ?? [];
    expect(new Set(results.map(({ type }) => type)).size).toBe(13);
    const query = `query ($id: ID!) { conversation(id: $id) { transcript(first: 50) { edges { node { text } } } } }`;
    const shown = (await succeed(admin, query, { id: conversation }))['conversation'];
    const page = z.object({
      transcript: z.object({ edges: z.array(z.object({ node: z.object({ text: z.string() }) })) }),
    });
    const transcript = page
      .parse(shown)
      .transcript.edges.map(({ node }) => node.text)
      .join('\n');
    for (const { outcome, answer, evidence, analyst, usage } of results) {
      expect(answer !== null).toBe(outcome === 'ANSWERED');
      expect(analyst).toMatchObject({ engine: 'local', isLocal: true });
      expect(usage).toEqual({ calls: 0 });
      for (const { quote, start, end } of evidence) expect(transcript.slice(start, end)).toBe(quote);
    }
    expect(results.some(({ evidence }) => evidence.length > 0)).toBe(true);
    const [{ goals, scorecards } = { goals: [], scorecards: [] }] = projects;
    expect(goals).toMatchObject([{ conditions: [{}] }]);
    expect(scorecards[0]?.rules).toHaveLength(1);
  });

  it('come with why the conversation belongs into its project', async () => {
    const query = `query ($id: ID!) { projectEligibility(conversationId: $id) {
      projectId eligible isTeamAssigned criteria { verdict detail } } }`;
    const ask = async (): Promise<unknown> => (await succeed(admin, query, { id: conversation }))['projectEligibility'];
    expect(await ask()).toEqual([{ projectId: project.id, eligible: true, isTeamAssigned: true, criteria: [] }]);
    const set =
      'mutation ($id: ID!, $input: CriterionInput!) { setCriterion(projectId: $id, input: $input) { __typename } }';
    const boolean = { question: 'Is it about a renewal?' };
    await succeed(admin, set, { id: project.id, input: { boolean } });
    expect(await ask()).toMatchObject([{ eligible: false, criteria: [{ verdict: 'NOT_JUDGED' }] }]);
    const attribute = { words: { minimum: 10_000 } };
    await succeed(admin, set, { id: project.id, input: { attribute } });
    expect(await ask()).toMatchObject([
      { eligible: false, criteria: [{ verdict: 'NOT_JUDGED' }, { verdict: 'NOT_MET' }] },
    ]);
  });

  it('can be tried without keeping anything', async () => {
    const mutation = `mutation ($input: TryDefinitionInput!) { tryDefinition(input: $input) {
      conversationId outcome answer { ... on YesNoAnswer { answer } } evidence { quote } analyst { isLocal } } }`;
    const question = { yesNo: { question: 'Is the budget approved?' } };
    const input = { projectId: project.id, question, conversationIds: [conversation] };
    const before = await insightsOf(admin, conversation);
    const tried = (await succeed(admin, mutation, { input }))['tryDefinition'];
    expect(tried).toMatchObject([{ conversationId: conversation, analyst: { isLocal: true } }]);
    expect(await insightsOf(admin, conversation)).toEqual(before);
    const codeOf = async (conversationIds: string[]): Promise<unknown> =>
      (await graphql(admin, mutation, { input: { ...input, conversationIds } })).errors?.[0]?.extensions?.code;
    expect(await codeOf([])).toBe('TRIAL_LIMIT');
    const strangers = Array.from({ length: 6 }, (_, index) => `00000000-0000-4000-8000-00000000000${index}`);
    expect(await codeOf(strangers)).toBe('TRIAL_LIMIT');
    expect(await codeOf(strangers.slice(0, 1))).toBe('NOT_FOUND');
  });
});

describe('insights of a language model', () => {
  let harmony: RunningHarmony;
  let server: ModelServer;
  let admin: Access;
  beforeAll(async () => {
    const good = respondBy(createLocalAnalyst());
    const responder: Responder = (request) => {
      const { kind, question } = readPrompt(request);
      return kind !== 'NOTES' && question?.type === 'FUNNEL' ? '{"this is": "no answer"}' : good(request);
    };
    server = await ModelServer.start(responder);
    harmony = await startHarmony({
      ...{ LLM_MODEL: 'openai:tested', LLM_BASE_URL: server.url, LLM_API_KEY: 'key' },
    });
    ({ admin } = await harmony.workspace('Model'));
  }, 180_000);
  afterAll(async () => {
    await harmony?.stop();
    await server?.stop();
  });

  it('that fail in one definition complete with errors; what they cost is told, and a budget stops more', async () => {
    const project = await createProject(admin, definitions);
    const id = await submit(admin, project.teamId);
    await eventually(
      async () => {
        const query = 'query ($id: ID!) { conversation(id: $id) { status } }';
        expect((await succeed(admin, query, { id }))['conversation']).toEqual({ status: 'COMPLETED_WITH_ERRORS' });
      },
      { withinMs: 60_000 },
    );
    const { projects } = await insightsOf(admin, id);
    const failed = projects[0]?.results.filter(({ outcome }) => outcome === 'FAILED');
    expect(failed).toMatchObject([{ type: 'FUNNEL', failureCode: 'ANSWER_INVALID', answer: null }]);

    const [from, to] = [new Date(Date.now() - 86_400_000), new Date(Date.now() + 86_400_000)];
    const usage = async (groupBy: string): Promise<{ calls: number; kind: string | null }[]> => {
      const query = `query ($from: DateTime!, $to: DateTime!) {
        usage(from: $from, to: $to, groupBy: [${groupBy}]) { calls kind } }`;
      const rows = (await succeed(admin, query, { from, to }))['usage'];
      return z.array(z.object({ calls: z.number(), kind: z.string().nullable() })).parse(rows);
    };
    const total = await eventually(async () => {
      const [all] = await usage('');
      const spent = projects[0]?.results.reduce((sum, one) => sum + (one.usage?.calls ?? 0), 0) ?? 0;
      expect(all?.calls).toBeGreaterThan(spent);
      return all?.calls ?? 0;
    });
    expect(total).toBe(server.count);
    const apart = await usage('DAY, PROJECT, DEFINITION');
    expect(apart.reduce((sum, { calls }) => sum + calls, 0)).toBe(total);
    expect(new Set(apart.map(({ kind }) => kind))).toEqual(new Set(['DEFINITION', 'EXTRACTION']));

    await succeed(admin, 'mutation { setInsightBudget(input: { calls: 1 }) { calls } }');
    const waiting = await submit(admin, project.teamId);
    const budget = '{ insightBudget { calls spent { calls } paused { limit resumesAt } } }';
    await eventually(
      async () => {
        const shown = (await succeed(admin, budget))['insightBudget'];
        expect(shown).toMatchObject({ calls: 1, paused: { limit: 'CALLS' } });
      },
      { withinMs: 60_000 },
    );
    const input = { question: { fixed: 'SUMMARY' }, conversationIds: [id] };
    const mutation = 'mutation ($input: TryDefinitionInput!) { tryDefinition(input: $input) { outcome } }';
    const { errors } = await graphql(admin, mutation, { input });
    expect(errors?.[0]?.extensions?.code).toBe('INSIGHT_BUDGET_EXHAUSTED');
    await succeed(admin, 'mutation { setInsightBudget(input: {}) { calls } }');
    await eventually(async () => expect((await insightsOf(admin, waiting)).run.counts.failed).toBe(1), {
      withinMs: 60_000,
    });
    expect((await succeed(admin, budget))['insightBudget']).toMatchObject({ paused: null });
  }, 240_000);
});
