import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { graphql, type Access } from '../support/api.js';
import { startHarmony, succeed, type RunningHarmony } from '../support/running-harmony.js';

const parts = [
  { key: 'a', name: 'A', description: 'First' },
  { key: 'b', name: 'B', description: '' },
];

/** One of each of the thirteen types: what goes in, and what comes out beside its type. */
const questions: Readonly<Record<string, [input: object, output: object]>> = {
  SUMMARY: [{ fixed: 'SUMMARY' }, {}],
  COMPETITORS: [{ competitors: { track: ['Acme'] } }, { track: ['Acme'], exclude: [] }],
  DISCOUNT: [{ fixed: 'DISCOUNT' }, {}],
  BUYER_ENGAGEMENT: [{ fixed: 'BUYER_ENGAGEMENT' }, {}],
  OPEN_QUESTION: [{ openQuestion: { question: 'Why now?' } }, { question: 'Why now?' }],
  YES_NO: [{ yesNo: { question: 'Next step?' } }, { question: 'Next step?' }],
  CHECKLIST: [
    { checklist: { items: [{ key: 'intro', text: 'Says hello' }] } },
    { items: [{ key: 'intro', text: 'Says hello' }] },
  ],
  MARKDOWN: [{ markdown: { prompt: 'Write a note' } }, { prompt: 'Write a note' }],
  GROUP: [{ group: { buckets: parts } }, { buckets: parts }],
  SCALE: [
    {
      scale: {
        question: 'How sure?',
        labels: [
          { value: 5, label: 'Very' },
          { value: 1, label: 'Not' },
        ],
      },
    },
    {
      question: 'How sure?',
      min: 1,
      max: 5,
      labels: [
        { value: 1, label: 'Not' },
        { value: 5, label: 'Very' },
      ],
    },
  ],
  FUNNEL: [{ funnel: { stages: parts } }, { stages: parts }],
  SPIN_IMPROVEMENT: [{ fixed: 'SPIN_IMPROVEMENT' }, {}],
  SPIN_DISTRIBUTION: [{ fixed: 'SPIN_DISTRIBUTION' }, {}],
};

const part = '{ key name description }';
const kinds = ['Summary', 'Discount', 'BuyerEngagement', 'SpinImprovement', 'SpinDistribution'];
const everyQuestion = `question { __typename
  ${kinds.map((kind) => `... on ${kind}Question { type }`).join(' ')}
  ... on CompetitorsQuestion { type track exclude } ... on OpenQuestion { type question }
  ... on YesNoQuestion { type question } ... on ChecklistQuestion { type items { key text } }
  ... on MarkdownQuestion { type prompt } ... on GroupQuestion { type buckets ${part} }
  ... on ScaleQuestion { type question min max labels { value label } }
  ... on FunnelQuestion { type stages ${part} } }`;

describe('a project over GraphQL', () => {
  let harmony: RunningHarmony;
  let admin: Access;
  let team: string;
  let project: string;
  beforeAll(async () => {
    harmony = await startHarmony();
    ({ admin } = await harmony.workspace('Projects'));
    const created = await succeed(admin, 'mutation { createTeam(input: { name: "Sales" }) { id } }');
    team = (created['createTeam'] as { id: string }).id;
    const mutation = 'mutation ($teams: [ID!]!) { createProject(input: { name: "Calls", teamIds: $teams }) { id } }';
    project = ((await succeed(admin, mutation, { teams: [team] }))['createProject'] as { id: string }).id;
  }, 120_000);
  afterAll(() => harmony.stop());

  const create =
    'mutation ($id: ID!, $input: CreateDefinitionInput!) { createDefinition(projectId: $id, input: $input) { id } }';
  const define = async (question: object): Promise<string> => {
    const data = await succeed(admin, create, { id: project, input: { title: 'Title', question } });
    return (data['createDefinition'] as { id: string }).id;
  };

  it('asks all thirteen types of questions, typed on the way in and out', async () => {
    const ids: string[] = [];
    for (const [input] of Object.values(questions)) ids.push(await define(input));
    const query = `query ($id: ID!) { project(id: $id) { definitions(isActive: true) { id version ${everyQuestion} } } }`;
    const { project: shown } = await succeed(admin, query, { id: project });
    const expected = Object.entries(questions).map(([type, [, output]], index) => ({
      ...{ id: ids[index], version: 1 },
      question: { type, ...output },
    }));
    expect(shown).toMatchObject({ definitions: expected });
    const history = `query ($id: ID!) { definitionVersions(definitionId: $id) { edges { node { version ${everyQuestion} } } } }`;
    for (const { id, ...version } of expected) {
      const { definitionVersions } = await succeed(admin, history, { id });
      expect(definitionVersions).toMatchObject({ edges: [{ node: version }] });
    }
  });

  it('refuses what cannot be asked with a code and the field, and what is of no type at all', async () => {
    const refusal = async (question: object): Promise<unknown> => {
      const { errors } = await graphql(admin, create, { id: project, input: { title: 'T', question } });
      return errors?.[0]?.extensions;
    };
    expect(await refusal({ checklist: { items: [] } })).toMatchObject({
      ...{ code: 'INVALID_DEFINITION', errors: [{ pointer: '/question/checklist/items' }] },
    });
    expect(await refusal({ scale: { question: 'Q', min: 5, max: 1 } })).toMatchObject({
      ...{ code: 'INVALID_DEFINITION', errors: [{ pointer: '/question/scale/max' }] },
    });
    for (const unknown of [{ poem: {} }, { fixed: 'POEM' }, { yesNo: { question: 'Q', colour: 'red' } }]) {
      expect(await refusal(unknown)).toEqual({ code: 'INVALID_INPUT' });
    }
    for (const notOne of [{}, { fixed: 'SUMMARY', yesNo: { question: 'Q' } }]) {
      expect(await refusal(notOne)).toMatchObject({ code: expect.stringMatching(/^INVALID_(INPUT|DEFINITION)$/) });
    }
  });

  it('keeps criteria, goals and scorecards of every kind', async () => {
    const yesNo = await define({ yesNo: { question: 'Budget?' } });
    const set = async (field: string, type: string, input: object): Promise<void> => {
      const document = `mutation ($id: ID!, $input: ${type}!) { ${field}(projectId: $id, input: $input) { __typename } }`;
      await succeed(admin, document, { id: project, input });
    };
    const from = '2026-01-01T00:00:00.000Z';
    const conditions = [
      { durationMinutes: { minimum: 5 } },
      { tags: { match: 'ANY', tags: ['demo'] } },
      { date: { from } },
      { medium: { anyOf: ['CALL', 'CHAT'] } },
    ];
    for (const attribute of conditions) await set('setCriterion', 'CriterionInput', { attribute });
    await set('setCriterion', 'CriterionInput', {
      category: { question: 'Kind?', categories: parts, accepted: ['a'] },
    });
    const answerIs = { definitionId: yesNo, answer: 'YES' };
    await set('setGoal', 'GoalInput', { name: 'Budget', conditions: [{ answerIs }] });
    const rules = [{ label: 'Budget', weight: 2.5, condition: { isAnswered: { definitionId: yesNo } } }];
    await set('setScorecard', 'ScorecardInput', { name: 'Score', rules });
    const query = `query ($id: ID!) { project(id: $id) {
      criteria { __typename ... on AttributeCriterion { version condition { __typename
        ... on RangeCondition { attribute minimum maximum } ... on TagsCondition { match tags }
        ... on DateCondition { from to } ... on MediumCondition { media } } }
        ... on CategoryCriterion { question accepted categories { key } } }
      goals { name match conditions { __typename ... on AnswerIsCondition { test definitionId answer } } }
      scorecards { rules { label weight condition { ... on IsAnsweredCondition { test definitionId } } } } } }`;
    expect((await succeed(admin, query, { id: project }))['project']).toEqual({
      criteria: [
        {
          ...{ __typename: 'AttributeCriterion', version: 1 },
          condition: { __typename: 'RangeCondition', attribute: 'DURATION_MINUTES', minimum: 5, maximum: null },
        },
        {
          ...{ __typename: 'AttributeCriterion', version: 1 },
          condition: { __typename: 'TagsCondition', match: 'ANY', tags: ['demo'] },
        },
        {
          ...{ __typename: 'AttributeCriterion', version: 1 },
          condition: { __typename: 'DateCondition', from, to: null },
        },
        {
          ...{ __typename: 'AttributeCriterion', version: 1 },
          condition: { __typename: 'MediumCondition', media: ['CALL', 'CHAT'] },
        },
        {
          ...{ __typename: 'CategoryCriterion', question: 'Kind?', accepted: ['a'] },
          categories: [{ key: 'a' }, { key: 'b' }],
        },
      ],
      goals: [
        {
          ...{ name: 'Budget', match: 'ALL' },
          conditions: [{ __typename: 'AnswerIsCondition', test: 'ANSWER_IS', ...answerIs }],
        },
      ],
      scorecards: [
        { rules: [{ label: 'Budget', weight: 2.5, condition: { test: 'IS_ANSWERED', definitionId: yesNo } }] },
      ],
    });
  });
});
