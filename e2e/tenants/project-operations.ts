import type { ErrorCode } from '@harmony/contracts';
import { list, mutation, type Ids, type Operation } from './operation.js';

const read = ['projects', 'read', 'own'] as const;
const update = ['projects', 'update', 'own'] as const;
const updateAll = ['projects', 'update', 'all'] as const;

/** A mutation of one project; whoever may not see it is told nothing else. */
const ofProject = (
  field: string,
  parameters: string,
  variables: (ids: Ids) => Record<string, unknown>,
  selection = '',
): Operation => {
  const declared = parameters ? `, ${parameters}` : '';
  const passed = [...parameters.matchAll(/\$(\w+):/g)].map(([, name]) => `, ${name}: $${name}`).join('');
  return mutation(
    `mutation ($projectId: ID!${declared}) { ${field}(projectId: $projectId${passed}) ${selection} }`,
    (ids) => ({ projectId: ids.project, ...variables(ids) }),
    update,
    'UNKNOWN_PROJECT',
  );
};

const byProjectId = (query: string, needs: Operation['needs'], foreign: ErrorCode = 'UNKNOWN_PROJECT'): Operation =>
  mutation(query, ({ project }) => ({ id: project }), needs, foreign);

const definitionId = ({ definition }: Ids) => ({ definitionId: definition });
const goal = ({ definition }: Ids) => ({ name: 'Goal', conditions: [{ isAnswered: { definitionId: definition } }] });
const scorecard = ({ definition }: Ids) => ({
  name: 'Score',
  rules: [{ label: 'Rule', weight: 1, condition: { isAnswered: { definitionId: definition } } }],
});

/** Rows of projects and of what they ask. */
export const projectOperations: Readonly<Record<string, Operation>> = {
  'query projects': list('projects', read),
  'query project': byProjectId(
    `query ($id: ID!) { project(id: $id) { name knowledge criteria { __typename }
      definitions { id title question { __typename } } } }`,
    read,
  ),
  'query definitionVersions': mutation(
    'query ($id: ID!) { definitionVersions(definitionId: $id) { edges { node { version question { __typename } } } } }',
    ({ definition }) => ({ id: definition }),
    read,
    'UNKNOWN_DEFINITION',
  ),
  'query handbook': { call: () => ({ query: '{ handbook }' }), needs: read, foreign: 'own' },
  'query insightBudget': {
    call: () => ({ query: '{ insightBudget { calls paused { limit } } }' }),
    needs: read,
    foreign: 'own',
  },

  'mutation createProject': mutation(
    'mutation ($teams: [ID!]!) { createProject(input: { name: "New", teamIds: $teams }) { id } }',
    ({ team }) => ({ teams: [team] }),
    ['projects', 'create', 'own'],
    'UNKNOWN_TEAM',
  ),
  'mutation changeProject': byProjectId(
    'mutation ($id: ID!) { changeProject(id: $id, input: { name: "New" }) { id } }',
    update,
  ),
  'mutation deleteProject': byProjectId('mutation ($id: ID!) { deleteProject(id: $id) }', [
    'projects',
    'delete',
    'own',
  ]),
  'mutation createDefinition': ofProject(
    'createDefinition',
    '$input: CreateDefinitionInput!',
    () => ({ input: { title: 'New', question: { fixed: 'SUMMARY' } } }),
    '{ id }',
  ),
  'mutation changeDefinition': ofProject(
    'changeDefinition',
    '$definitionId: ID!, $input: ChangeDefinitionInput!',
    (ids) => ({ ...definitionId(ids), input: { title: 'New' } }),
    '{ change definition { id } }',
  ),
  'mutation setDefinitionActive': ofProject(
    'setDefinitionActive',
    '$definitionId: ID!, $isActive: Boolean!',
    (ids) => ({ ...definitionId(ids), isActive: false }),
    '{ id }',
  ),
  'mutation removeDefinition': ofProject('removeDefinition', '$definitionId: ID!', definitionId),
  'mutation reorderDefinitions': ofProject(
    'reorderDefinitions',
    '$definitionIds: [ID!]!',
    ({ definition }) => ({ definitionIds: [definition] }),
    '{ id }',
  ),
  'mutation setCriterion': ofProject(
    'setCriterion',
    '$input: CriterionInput!',
    () => ({ input: { boolean: { question: 'Is it a demo?' } } }),
    '{ __typename }',
  ),
  'mutation removeCriterion': ofProject('removeCriterion', '$criterionId: ID!', ({ definition }) => ({
    criterionId: definition,
  })),
  'mutation setGoal': ofProject('setGoal', '$input: GoalInput!', (ids) => ({ input: goal(ids) }), '{ id }'),
  'mutation removeGoal': ofProject('removeGoal', '$goalId: ID!', ({ definition }) => ({ goalId: definition })),
  'mutation setScorecard': ofProject(
    'setScorecard',
    '$input: ScorecardInput!',
    (ids) => ({ input: scorecard(ids) }),
    '{ id }',
  ),
  'mutation removeScorecard': ofProject('removeScorecard', '$scorecardId: ID!', ({ definition }) => ({
    scorecardId: definition,
  })),
  // The text that is there already, so that nothing changes in the workspace of whoever may set it.
  'mutation setHandbook': mutation('mutation { setHandbook(handbook: "") }', () => ({}), updateAll, 'own'),
  'mutation setInsightBudget': mutation(
    'mutation { setInsightBudget(input: {}) { calls } }',
    () => ({}),
    updateAll,
    'own',
  ),
};
