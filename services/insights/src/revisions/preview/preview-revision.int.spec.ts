import { streams, type CellReason, type PlanSummary } from '@harmony/contracts';
import { fact, newId, type Fact } from '@harmony/kernel';
import { verify } from '@harmony/read-model';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { resultsProjection } from '../../projections/results.projection.js';
import { PlanningRevisions } from '../../testing/planning-revisions.js';
import { RunningInsights } from '../../testing/running-insights.js';
import { yesNo, type BuiltProject } from '../../testing/samples.js';
import { ScriptedAnalyst } from '../../testing/scripted-analyst.js';

jest.setTimeout(120_000);

const analyst = new ScriptedAnalyst();
let system: RunningInsights;
let revisions: PlanningRevisions;

beforeAll(async () => {
  system = await RunningInsights.start(analyst);
  revisions = new PlanningRevisions(system, analyst);
  await revisions.enable();
}, 120_000);
afterAll(() => system?.close(), 120_000);

/** Cells of a plan by reason, the same for each definition that has some. */
const reasonsOf = ({ definitions }: PlanSummary): Partial<Record<CellReason, number>> => {
  const counts: Partial<Record<CellReason, number>> = {};
  for (const { reason, cells } of definitions.flatMap(({ reasons }) => reasons)) {
    counts[reason] = (counts[reason] ?? 0) + cells;
  }
  return counts;
};

const editedTo = (projectId: string, definitionId: string, definitionVersion: number, question: string): Fact =>
  fact('DefinitionEdited', {
    ...{ projectId, definitionId, definitionVersion, question: yesNo(question), context: '', usesKnowledge: true },
  });

describe('what a revision would do after a change', () => {
  let project: BuiltProject;
  const conversations: string[] = [];
  const [short, long] = [['Hello there'], ['Hello there, this is Ann', 'Good morning, Ann']];

  beforeAll(async () => {
    project = await system.newProject({ questions: [yesNo('A?'), yesNo('B?')] });
    conversations.push(await system.newConversation({ turns: short }), await system.newConversation({ turns: long }));
    conversations.push(await system.newConversation({ turns: long }));
    await system.newConversation({ teamId: newId() });
    for (const id of conversations) await system.completed(id);
  });

  const previewed = async (form = {}): Promise<PlanSummary> =>
    (await revisions.previewed({ projectId: project.id, ...form })).plan;
  const ofProject = (...facts: Fact[]): Promise<unknown> => system.append(streams.project(project.id), facts);
  const ofConversation = (...facts: Fact[]): Promise<unknown> =>
    system.append(streams.conversation(conversations[0] ?? ''), facts);
  const titled = (title: string): Fact =>
    fact('ConversationChanged', { conversationId: conversations[0] ?? '', title });
  const words = (minimum: number): Fact =>
    fact('CriterionSet', {
      ...{ projectId: project.id, criterionId: conversations[0] ?? '', criterionVersion: 1 },
      criterion: { type: 'ATTRIBUTE', condition: { attribute: 'WORDS', minimum, maximum: null } },
    });

  it('reuses all of it where nothing has changed, and asks all of it where somebody forces that', async () => {
    const summary = await previewed();
    expect(summary).toMatchObject({ conversations: 3, stages: [{ stage: 'INSIGHTS', conversations: 3 }] });
    expect(reasonsOf(summary)).toEqual({ UNCHANGED: 6 });
    expect(reasonsOf(await previewed({ force: true }))).toEqual({ FORCED: 6 });
    expect(reasonsOf(await previewed({ startStage: 'EXTRACTORS' }))).toEqual({ UNCHANGED: 6 });
  });

  it.each<[string, () => Promise<unknown>, Partial<Record<CellReason, number>>, () => Promise<unknown>]>([
    [
      'a definition',
      () => ofProject(editedTo(project.id, project.definitionIds[0] ?? '', 2, 'C?')),
      { UNCHANGED: 3, DEFINITION_CHANGED: 3 },
      () => ofProject(editedTo(project.id, project.definitionIds[0] ?? '', 3, 'A?')),
    ],
    [
      'how a definition is shown',
      () =>
        ofProject(
          fact('DefinitionPresented', {
            ...{ projectId: project.id, definitionId: project.definitionIds[0] ?? '' },
            presentation: { title: 'Another', successAnswer: 'NO', desiredOutcome: 'No' },
          }),
        ),
      { UNCHANGED: 6 },
      async () => undefined,
    ],
    [
      'the knowledge of the project',
      () => ofProject(fact('ProjectChanged', { projectId: project.id, knowledge: 'We sell cars.' })),
      { KNOWLEDGE_CHANGED: 6 },
      () => ofProject(fact('ProjectChanged', { projectId: project.id, knowledge: 'We sell bicycles.' })),
    ],
    [
      'the handbook',
      () => system.append(streams.analysis(system.workspaceId), [fact('HandbookChanged', { handbook: 'Be kind.' })]),
      { KNOWLEDGE_CHANGED: 6 },
      () => system.append(streams.analysis(system.workspaceId), [fact('HandbookChanged', { handbook: '' })]),
    ],
    [
      'the language',
      () => ofProject(fact('ProjectChanged', { projectId: project.id, language: 'fr' })),
      { LANGUAGE_CHANGED: 6 },
      () => ofProject(fact('ProjectChanged', { projectId: project.id, language: 'en' })),
    ],
    [
      'the analyst',
      async () => {
        analyst.engine = 'another';
      },
      { ANALYST_CHANGED: 6 },
      async () => {
        analyst.engine = 'scripted';
      },
    ],
    [
      'the title of a conversation',
      () => ofConversation(titled('Another call')),
      { CONVERSATION_CHANGED: 2, UNCHANGED: 4 },
      () => ofConversation(titled('A call')),
    ],
    [
      'a criterion that one of them does not meet',
      () => ofProject(words(4)),
      { NOT_ELIGIBLE: 2, UNCHANGED: 4 },
      () => ofProject(fact('CriterionRemoved', { projectId: project.id, criterionId: conversations[0] ?? '' })),
    ],
    [
      'that a definition is asked at all',
      () =>
        ofProject(
          fact('DefinitionDeactivated', { projectId: project.id, definitionId: project.definitionIds[1] ?? '' }),
        ),
      { UNCHANGED: 3, DEFINITION_INACTIVE: 3 },
      () =>
        ofProject(fact('DefinitionActivated', { projectId: project.id, definitionId: project.definitionIds[1] ?? '' })),
    ],
  ])('says how many results depend on %s', async (_what, change, reasons, undo) => {
    await change();
    const summary = await previewed();
    await undo();
    expect(reasonsOf(summary)).toEqual(reasons);
    expect(summary.conversations).toBe(3);
    expect(reasonsOf(await previewed())).toEqual({ UNCHANGED: 6 });
  });

  it('has a criterion that nobody has judged found out by the runs, and says so', async () => {
    const criterionId = newId();
    const criterion = { type: 'BOOLEAN', question: 'Is it a call?', expected: true } as const;
    await ofProject(fact('CriterionSet', { projectId: project.id, criterionId, criterionVersion: 1, criterion }));
    const { plan, warnings } = await revisions.previewed({ projectId: project.id });
    await ofProject(fact('CriterionRemoved', { projectId: project.id, criterionId }));
    expect(reasonsOf(plan)).toEqual({ UNCHANGED: 6 });
    expect(warnings).toContainEqual(expect.objectContaining({ warning: 'UNDECIDED_CRITERIA', count: 3 }));
  });

  it('leaves out what is not asked for: other days, and other statuses', async () => {
    const from = new Date(0).toISOString();
    expect(await previewed({ from, to: new Date(1).toISOString() })).toMatchObject({ conversations: 0, stages: [] });
    expect(await previewed({ includeCompleted: false })).toMatchObject({ conversations: 3 });
    expect(await previewed({ statuses: ['FAILED'] })).toMatchObject({ conversations: 0 });
  });

  it('expects what such answers took, and nothing for what is reused', async () => {
    const all = await revisions.previewed({ projectId: project.id, force: true });
    expect(all.estimate.calls).toEqual({ low: 6, expected: 6, high: 6 });
    expect(all.estimate.tokens.expected).toBe(660);
    expect(all.estimate.costMicros.expected).toBe(30);
    expect(all.estimate.samples).toBe(6);
    expect(all.warnings).toContainEqual(expect.objectContaining({ warning: 'FEW_SAMPLES', count: 6 }));
    expect((await revisions.previewed({ projectId: project.id })).estimate.calls.high).toBe(0);
  });

  it('is what is planned then, and the plan names what is asked', async () => {
    await ofProject(editedTo(project.id, project.definitionIds[1] ?? '', 2, 'D?'));
    const { plan } = await revisions.previewed({ projectId: project.id });
    const revisionId = await revisions.request({ projectId: project.id, noiseSample: 2 });
    expect((await revisions.planned(revisionId)).summary).toEqual(plan);
    const [batch, ...others] = await revisions.batchesOf(revisionId);
    expect(others).toEqual([]);
    expect(batch?.conversations.map(({ conversationId }) => conversationId).sort()).toEqual([...conversations].sort());
    expect(batch?.conversations.map(({ asked }) => asked)).toEqual(conversations.map(() => [project.definitionIds[1]]));
    const repeated = batch?.conversations.flatMap((one) => one.repeated) ?? [];
    expect(repeated).toEqual([project.definitionIds[0], project.definitionIds[0]]);
  });

  it('is read from a table that the log brings back as it is', async () => {
    const { database, eventStore: store } = system.backends;
    expect(await verify(resultsProjection, { database, store })).toMatchObject({ differences: 0, examples: [] });
  });
});
