import { HarmonyError, type Question } from '@harmony/contracts';
import { eventsFrom, fact, type Fact } from '@harmony/kernel';
import { describe, expect, it } from '@jest/globals';
import { removeCriterion, setCriterion } from './decide-criteria.js';
import {
  changeDefinition,
  createDefinition,
  removeDefinition,
  reorderDefinitions,
  setDefinitionActive,
} from './decide-definitions.js';
import { changeProject, createProject, deleteProject } from './decide-project.js';
import { removeGoal, removeScorecard, setGoal, setScorecard } from './decide-rules.js';
import { setHandbook, setInsightBudget } from './decide-settings.js';
import { noSettings } from './analysis-settings.js';
import { evolve, type Project } from './project.js';

const projectId = 'project';
const workspaceId = 'workspace';
const cause = {
  ...{ causationId: 'cause', correlationId: 'correlation', workspaceId },
  actor: { kind: 'USER', id: 'ann' } as const,
  occurredAt: '2026-01-01T00:00:00.000Z',
};
const projectFrom = (facts: readonly Fact[]): Project | undefined =>
  eventsFrom(cause, 'stream', facts).reduce<Project | undefined>(evolve, undefined);

const yesNo: Question = { type: 'YES_NO', question: 'Next step?' };
const checklist: Question = {
  type: 'CHECKLIST',
  items: [
    { key: 'intro', text: 'Introduces themselves' },
    { key: 'close', text: 'Agrees on a next step' },
  ],
};
const presentation = { title: 'Title', successAnswer: 'YES', desiredOutcome: '' } as const;
const created = (definitionId: string, question: Question, isActive = true): Fact =>
  fact('DefinitionCreated', {
    ...{ projectId, definitionId, definitionVersion: 1, question },
    ...{ context: '', usesKnowledge: true, presentation, isActive },
  });
const facts = { projectId, name: 'Sales', language: 'en', teamIds: ['t1'], knowledge: '', createdBy: 'ann' };
const criterion = { type: 'BOOLEAN', question: 'Demo?', expected: true } as const;
const goal = {
  name: 'Goal',
  match: 'ALL' as const,
  conditions: [{ test: 'ANSWER_IS' as const, definitionId: 'yes', answer: 'YES' as const }],
};
const scorecard = {
  name: 'Score',
  rules: [{ label: 'Intro', weight: 2, condition: { test: 'ITEM_MET' as const, definitionId: 'list', item: 'intro' } }],
};

const history: readonly Fact[] = [
  fact('ProjectCreated', facts),
  created('yes', yesNo),
  created('list', checklist, false),
  created('gone', { type: 'SUMMARY' }),
  fact('DefinitionEdited', {
    ...{ projectId, definitionId: 'gone', definitionVersion: 2, question: { type: 'SUMMARY' as const } },
    ...{ context: 'Short', usesKnowledge: true },
  }),
  fact('DefinitionRemoved', { projectId, definitionId: 'gone' }),
  fact('CriterionSet', { projectId, criterionId: 'demo', criterionVersion: 1, criterion }),
  fact('GoalSet', { projectId, goalId: 'goal', goal }),
  fact('ScorecardSet', { projectId, scorecardId: 'score', scorecard }),
];
const after = (...more: Fact[]): Project => projectFrom([...history, ...more]) as Project;

const many = (count: number, make: (index: number) => Fact): Project =>
  projectFrom([
    fact('ProjectCreated', facts),
    created('yes', yesNo),
    ...Array.from({ length: count }, (_, i) => make(i)),
  ])!;

const definition = { question: yesNo, context: '', usesKnowledge: true, ...presentation, isActive: true };
const edited = (definitionId: string, definitionVersion: number, asked: object): Fact =>
  fact('DefinitionEdited', {
    ...{ projectId, definitionId, definitionVersion, question: yesNo, context: '', usesKnowledge: true },
    ...asked,
  });

type Decision = (given: Project) => readonly Fact[];

const decided: Readonly<Record<string, [Decision, readonly Fact[]]>> = {
  'a project that is there already is not created again': [(given) => createProject(given, facts), []],
  'a change names what really changes': [
    (given) => changeProject(given, { name: 'New', language: 'en', teamIds: ['t1'] }),
    [fact('ProjectChanged', { projectId, name: 'New' })],
  ],
  'a change to what is so already is none': [(given) => changeProject(given, { name: 'Sales', knowledge: '' }), []],
  'a deletion names every version of every definition, removed ones included': [
    deleteProject,
    [
      fact('ProjectDeleted', {
        projectId,
        definitions: [
          { definitionId: 'yes', versionCount: 1 },
          { definitionId: 'list', versionCount: 1 },
          { definitionId: 'gone', versionCount: 2 },
        ],
      }),
    ],
  ],
  'a new definition has version 1': [(given) => createDefinition(given, 'new', definition), [created('new', yesNo)]],
  'another question is a new version': [
    (given) => changeDefinition(given, 'yes', { question: { type: 'YES_NO', question: 'Budget?' } }),
    [edited('yes', 2, { question: { type: 'YES_NO', question: 'Budget?' } })],
  ],
  'another context is a new version': [
    (given) => changeDefinition(given, 'yes', { context: 'Look at the end.' }),
    [edited('yes', 2, { context: 'Look at the end.' })],
  ],
  'to leave the knowledge out is a new version': [
    (given) => changeDefinition(given, 'yes', { usesKnowledge: false }),
    [edited('yes', 2, { usesKnowledge: false })],
  ],
  'another title, success and desired outcome are presentation': [
    (given) => changeDefinition(given, 'yes', { title: 'New', successAnswer: 'NO', desiredOutcome: 'A date' }),
    [
      fact('DefinitionPresented', {
        ...{ projectId, definitionId: 'yes' },
        presentation: { title: 'New', successAnswer: 'NO', desiredOutcome: 'A date' },
      }),
    ],
  ],
  'a change of both kinds is two events': [
    (given) => changeDefinition(given, 'yes', { title: 'New', context: 'More' }),
    [
      edited('yes', 2, { context: 'More' }),
      fact('DefinitionPresented', {
        ...{ projectId, definitionId: 'yes' },
        presentation: { ...presentation, title: 'New' },
      }),
    ],
  ],
  'an equal definition is no change': [
    (given) => changeDefinition(given, 'yes', { question: { ...yesNo }, context: '', ...presentation }),
    [],
  ],
  'a definition is switched on': [
    (given) => setDefinitionActive(given, 'list', true),
    [fact('DefinitionActivated', { projectId, definitionId: 'list' })],
  ],
  'a definition is switched off': [
    (given) => setDefinitionActive(given, 'yes', false),
    [fact('DefinitionDeactivated', { projectId, definitionId: 'yes' })],
  ],
  'a definition that is on stays on': [(given) => setDefinitionActive(given, 'yes', true), []],
  'a definition is removed': [
    (given) => removeDefinition(given, 'yes'),
    [fact('DefinitionRemoved', { projectId, definitionId: 'yes' })],
  ],
  'definitions change places': [
    (given) => reorderDefinitions(given, ['list', 'yes']),
    [fact('DefinitionsReordered', { projectId, definitionIds: ['list', 'yes'] })],
  ],
  'the same order is no change': [(given) => reorderDefinitions(given, ['yes', 'list']), []],
  'a criterion that changes is a new version': [
    (given) => setCriterion(given, 'demo', { ...criterion, expected: false }),
    [
      fact('CriterionSet', {
        ...{ projectId, criterionId: 'demo', criterionVersion: 2 },
        criterion: { ...criterion, expected: false },
      }),
    ],
  ],
  'an equal criterion is no change': [(given) => setCriterion(given, 'demo', { ...criterion }), []],
  'a criterion is removed': [
    (given) => removeCriterion(given, 'demo'),
    [fact('CriterionRemoved', { projectId, criterionId: 'demo' })],
  ],
  'a goal of definitions that are there is set': [
    (given) => setGoal(given, 'new', goal),
    [fact('GoalSet', { projectId, goalId: 'new', goal })],
  ],
  'an equal goal is no change': [
    (given) => setGoal(given, 'goal', JSON.parse(JSON.stringify(goal)) as typeof goal),
    [],
  ],
  'a goal is removed': [(given) => removeGoal(given, 'goal'), [fact('GoalRemoved', { projectId, goalId: 'goal' })]],
  'a scorecard is changed': [
    (given) => setScorecard(given, 'score', { ...scorecard, name: 'New' }),
    [fact('ScorecardSet', { projectId, scorecardId: 'score', scorecard: { ...scorecard, name: 'New' } })],
  ],
  'an equal scorecard is no change': [
    (given) => setScorecard(given, 'score', JSON.parse(JSON.stringify(scorecard)) as typeof scorecard),
    [],
  ],
  'a scorecard is removed': [
    (given) => removeScorecard(given, 'score'),
    [fact('ScorecardRemoved', { projectId, scorecardId: 'score' })],
  ],
};

const goalOf = (...conditions: (typeof goal.conditions)[number][] | object[]): never =>
  ({ ...goal, conditions }) as never;

const refusals: Readonly<Record<string, [Decision, code: string, ...pointers: string[]]>> = {
  'a definition that is not there': [(given) => changeDefinition(given, 'none', {}), 'UNKNOWN_DEFINITION'],
  'a definition that was removed': [(given) => setDefinitionActive(given, 'gone', true), 'UNKNOWN_DEFINITION'],
  'a removal of what was removed': [(given) => removeDefinition(given, 'gone'), 'UNKNOWN_DEFINITION'],
  'another type': [
    (given) => changeDefinition(given, 'yes', { question: { type: 'SUMMARY' } }),
    'DEFINITION_TYPE_FIXED',
    '/question',
  ],
  'an order that lacks one': [(given) => reorderDefinitions(given, ['yes']), 'INVALID_INPUT', '/definitionIds'],
  'an order with one twice': [(given) => reorderDefinitions(given, ['yes', 'yes']), 'INVALID_INPUT', '/definitionIds'],
  'an order with a removed one': [
    (given) => reorderDefinitions(given, ['yes', 'list', 'gone']),
    'INVALID_INPUT',
    '/definitionIds',
  ],
  'a criterion that is not there': [(given) => removeCriterion(given, 'none'), 'UNKNOWN_CRITERION'],
  'a goal that is not there': [(given) => removeGoal(given, 'none'), 'UNKNOWN_GOAL'],
  'a scorecard that is not there': [(given) => removeScorecard(given, 'none'), 'UNKNOWN_GOAL'],
  'a goal of a removed definition and of another type, by each': [
    (given) =>
      setGoal(
        given,
        'goal',
        goalOf(
          { test: 'IS_ANSWERED', definitionId: 'gone' },
          { test: 'IS_ANSWERED', definitionId: 'list' },
          { test: 'STAGE_REACHED', definitionId: 'list', stage: 'won' },
        ),
      ),
    'RULE_DOES_NOT_FIT',
    '/conditions/0',
    '/conditions/2',
  ],
  'a scorecard of an item that the checklist lacks': [
    (given) =>
      setScorecard(given, 'score', {
        name: 'S',
        rules: [{ label: 'L', weight: 1, condition: { test: 'ITEM_MET', definitionId: 'list', item: 'other' } }],
      }),
    'RULE_DOES_NOT_FIT',
    '/rules/0/condition',
  ],
};

const refusalOf = (work: () => unknown): string[] => {
  try {
    work();
    return ['accepted'];
  } catch (error) {
    if (!(error instanceof HarmonyError)) throw error;
    return [error.code, ...error.errors.map(({ pointer }) => pointer)];
  }
};

describe('decisions about a project', () => {
  it.each(Object.entries(decided))('%s', (_, [decide, then]) => {
    expect(decide(after())).toEqual(then);
  });

  it.each(Object.entries(refusals))('%s is refused', (_, [decide, ...refusal]) => {
    expect(refusalOf(() => decide(after()))).toEqual(refusal);
  });

  it('a project is created once', () => {
    expect(createProject(undefined, facts)).toEqual([fact('ProjectCreated', facts)]);
  });

  it('has room up to its limits, and changes what is there also then', () => {
    const full: Readonly<Record<string, [Project, (given: Project, id: string) => unknown]>> = {
      definitions: [many(99, (i) => created(`d${i}`, yesNo)), (given, id) => createDefinition(given, id, definition)],
      criteria: [
        many(20, (i) => fact('CriterionSet', { projectId, criterionId: `c${i}`, criterionVersion: 1, criterion })),
        (given, id) => setCriterion(given, id, { ...criterion, expected: false }),
      ],
      goals: [
        many(50, (i) => fact('GoalSet', { projectId, goalId: `g${i}`, goal })),
        (given, id) => setGoal(given, id, { ...goal, name: 'New' }),
      ],
      scorecards: [
        many(20, (i) => fact('ScorecardSet', { projectId, scorecardId: `s${i}`, scorecard })),
        (given, id) =>
          setScorecard(given, id, { name: 'New', rules: [{ ...scorecard.rules[0]!, condition: goal.conditions[0]! }] }),
      ],
    };
    for (const [kind, [project, decide]] of Object.entries(full)) {
      expect([kind, ...refusalOf(() => decide(project, 'new'))]).toEqual([kind, 'PROJECT_LIMIT']);
      const known = { definitions: undefined, criteria: 'c0', goals: 'g0', scorecards: 's0' }[kind];
      if (known) expect([kind, ...refusalOf(() => decide(project, known))]).toEqual([kind, 'accepted']);
    }
    const withRoom = projectFrom([...history])!;
    expect(refusalOf(() => createDefinition(withRoom, 'new', definition))).toEqual(['accepted']);
  });
});

describe('decisions about what holds for all projects', () => {
  it('are taken when something changes and not else', () => {
    const budget = { calls: 10, tokens: null, costMicros: null };
    expect(setHandbook(undefined, 'Words')).toEqual([fact('HandbookChanged', { handbook: 'Words' })]);
    expect(setHandbook(undefined, '')).toEqual([]);
    expect(setHandbook({ ...noSettings, handbook: 'Words' }, 'Words')).toEqual([]);
    expect(setInsightBudget(undefined, budget)).toEqual([fact('InsightBudgetChanged', { budget })]);
    expect(setInsightBudget({ ...noSettings, budget }, { ...budget })).toEqual([]);
  });
});
