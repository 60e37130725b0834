import { streams, type Finding } from '@harmony/contracts';
import { fact, newId, type Fact } from '@harmony/kernel';
import type { QuestionRequest } from '@harmony/llm';
import { eventually } from '@harmony/testing';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { createHash } from 'node:crypto';
import { PlanningRevisions } from '../../testing/planning-revisions.js';
import { RunningInsights } from '../../testing/running-insights.js';
import { yesNo, type BuiltProject } from '../../testing/samples.js';
import { answeredBy, answerTo, ScriptedAnalyst } from '../../testing/scripted-analyst.js';

jest.setTimeout(120_000);

const criterionQuestion = 'Is it about bicycles?';
const analyst = new ScriptedAnalyst();
let system: RunningInsights;
let revisions: PlanningRevisions;
let project: BuiltProject;
const conversations: string[] = [];

/** The same for the same question about the same words, and another one for anything else. */
analyst.script = (request) => {
  const { question, background, conversation } = request;
  const seen = JSON.stringify([question, background, conversation.title, conversation.voices, conversation.turns]);
  const rationale = createHash('sha256').update(seen).digest('hex');
  return { ...answeredBy(request, answerTo(question)), rationale };
};

beforeAll(async () => {
  system = await RunningInsights.start(analyst);
  revisions = new PlanningRevisions(system, analyst);
  project = await system.newProject({ questions: [yesNo('A?'), yesNo('B?')] });
  for (const turns of [['One'], ['Two words'], ['Three words more']]) {
    conversations.push(await system.newConversation({ turns }));
  }
  for (const id of conversations) await system.completed(id);
}, 120_000);
afterAll(() => system?.close(), 120_000);

const isAboutDefinition = ({ question }: QuestionRequest): boolean =>
  question.type !== 'YES_NO' || question.question !== criterionQuestion;

/** What a revision found in a conversation, by definition; waits for its end. */
async function foundIn(conversationId: string, revisionId: string): Promise<Record<string, Finding>> {
  await eventually(
    async () => {
      const completed = await system.insightsOf(conversationId, 'InsightsRunCompleted');
      expect(completed.map(({ data }) => data.revisionId)).toContain(revisionId);
    },
    { withinMs: 40_000 },
  );
  const started = await system.insightsOf(conversationId, 'InsightsRunStarted');
  const runId = started.find(({ data }) => data.revisionId === revisionId)?.data.runId;
  return Object.fromEntries(await system.findingsOf(conversationId, runId));
}

interface Executed {
  /** By conversation and definition. */
  readonly findings: readonly Record<string, Finding>[];
  /** Questions about definitions that the analyst was asked. */
  readonly calls: number;
  /** Cells that the plan says are asked. */
  readonly invalidated: number;
  readonly cells: number;
}

async function executed(force: boolean): Promise<Executed> {
  const before = analyst.asked.length;
  const revisionId = await revisions.request({ projectId: project.id, force });
  const { summary } = await revisions.planned(revisionId);
  const findings = await Promise.all(conversations.map((id) => foundIn(id, revisionId)));
  const calls = analyst.asked.slice(before).filter(isAboutDefinition).length;
  const invalidated = summary.definitions.reduce((sum, { rerun, new: added }) => sum + rerun + added, 0);
  return { findings, calls, invalidated, cells: findings.flatMap((one) => Object.keys(one)).length };
}

const ofProject = (...facts: Fact[]): Promise<unknown> => system.append(streams.project(project.id), facts);
const first = (): string => project.definitionIds[0] ?? '';
const added = newId();
const [length, aboutBicycles] = [newId(), newId()];

/** One after the other, each on top of those before it: how many cells each of them invalidates. */
const changes: [string, () => Promise<unknown>, number][] = [
  ['nothing', async () => undefined, 0],
  [
    'a new definition',
    () =>
      ofProject(
        fact('DefinitionCreated', {
          ...{ projectId: project.id, definitionId: added, definitionVersion: 1, question: yesNo('New?') },
          ...{ context: '', usesKnowledge: false, isActive: true },
          presentation: { title: 'New', successAnswer: 'YES', desiredOutcome: '' },
        }),
      ),
    3,
  ],
  [
    'a changed definition',
    () =>
      ofProject(
        fact('DefinitionEdited', {
          ...{ projectId: project.id, definitionId: first(), definitionVersion: 2, question: yesNo('Changed?') },
          ...{ context: '', usesKnowledge: true },
        }),
      ),
    3,
  ],
  [
    'how a definition is shown',
    () =>
      ofProject(
        fact('DefinitionPresented', {
          ...{ projectId: project.id, definitionId: first() },
          presentation: { title: 'Another', successAnswer: 'NO', desiredOutcome: 'No.' },
        }),
      ),
    0,
  ],
  [
    'the order of the definitions',
    () =>
      ofProject(
        fact('DefinitionsReordered', {
          projectId: project.id,
          definitionIds: [added, ...[...project.definitionIds].reverse()],
        }),
      ),
    0,
  ],
  [
    'the knowledge, for definitions that use it',
    () => ofProject(fact('ProjectChanged', { projectId: project.id, knowledge: 'We sell cars.' })),
    6,
  ],
  [
    'the handbook',
    () => system.append(streams.analysis(system.workspaceId), [fact('HandbookChanged', { handbook: 'Be kind.' })]),
    6,
  ],
  ['the language', () => ofProject(fact('ProjectChanged', { projectId: project.id, language: 'fr' })), 9],
  [
    'a criterion that an analyst judges',
    () =>
      ofProject(
        fact('CriterionSet', {
          ...{ projectId: project.id, criterionId: aboutBicycles, criterionVersion: 1 },
          criterion: { type: 'BOOLEAN', question: criterionQuestion, expected: true },
        }),
      ),
    0,
  ],
  [
    'a criterion that one conversation does not meet',
    () =>
      ofProject(
        fact('CriterionSet', {
          ...{ projectId: project.id, criterionId: length, criterionVersion: 1 },
          criterion: { type: 'ATTRIBUTE', condition: { attribute: 'WORDS', minimum: 2, maximum: null } },
        }),
      ),
    0,
  ],
  [
    'a title, of a conversation that belongs into the project',
    () => {
      const conversationId = conversations[1] ?? '';
      return system.append(streams.conversation(conversationId), [
        fact('ConversationChanged', { conversationId, title: 'Another title' }),
      ]);
    },
    3,
  ],
  [
    'a definition taken away',
    () => ofProject(fact('DefinitionRemoved', { projectId: project.id, definitionId: added })),
    0,
  ],
  [
    'a criterion by which a conversation comes back, after a definition was changed while it was away',
    () =>
      ofProject(
        fact('DefinitionEdited', {
          ...{ projectId: project.id, definitionId: first(), definitionVersion: 3, question: yesNo('Once more?') },
          ...{ context: '', usesKnowledge: true },
        }),
        fact('CriterionSet', {
          ...{ projectId: project.id, criterionId: length, criterionVersion: 2 },
          criterion: { type: 'ATTRIBUTE', condition: { attribute: 'WORDS', minimum: 1, maximum: null } },
        }),
      ),
    3,
  ],
];

it.each(changes)(
  'Auto finds what a full run finds, and asks what has changed only: %s',
  async (_what, change, cells) => {
    await change();
    const auto = await executed(false);
    const full = await executed(true);
    expect(auto.invalidated).toBe(cells);
    expect(auto.calls).toBe(cells);
    expect(full.calls).toBe(full.cells);
    expect(auto.findings).toEqual(full.findings);
    expect(full.cells).toBeGreaterThan(0);
  },
);
