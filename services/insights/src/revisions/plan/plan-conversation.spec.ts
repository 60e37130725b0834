import type { AnalystOrigin, CellReason, Criterion, Finding, Question } from '@harmony/contracts';
import { eventsFrom, newId } from '@harmony/kernel';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { heardOf } from '../../analyst/inquiry.js';
import { analysedConversation } from '../../conversations/analysed-conversation.js';
import { evolveOutline, outlined, type ConversationOutline } from '../../conversations/conversation-outline.js';
import type { Conversation } from '../../conversations/conversation.js';
import { evolve, type Project } from '../../domain/project.js';
import { conversationFacts, extractionFact, projectFacts } from '../../testing/samples.js';
import type { EarlierWork } from './earlier-work.js';
import type { StoredCell } from './plan-cells.js';
import { coverage, openCells, planConversation, type Candidate, type ConversationPlan } from './plan-conversation.js';
import { PlanTally } from './plan-tally.js';
import { questionsOf, type Questions } from './questions.js';

const cause = {
  ...{ causationId: newId(), correlationId: 'c', workspaceId: newId(), occurredAt: '2026-01-01T10:00:00.000Z' },
  actor: { kind: 'SYSTEM', id: 'test' } as const,
};
const teamId = newId();

/** Everything that answers depend on; each part is one of a few values. */
interface World {
  readonly questions: readonly string[];
  readonly context: string;
  readonly usesKnowledge: boolean;
  readonly knowledge: string;
  readonly handbook: string;
  readonly language: string;
  readonly model: string;
  readonly title: string;
}

const few = fc.constantFrom('a', 'b');
const worlds: fc.Arbitrary<World> = fc.record({
  questions: fc.array(few, { minLength: 1, maxLength: 3 }),
  ...{
    context: few,
    usesKnowledge: fc.boolean(),
    knowledge: few,
    handbook: few,
    language: few,
    model: few,
    title: few,
  },
});

const definitionIds = [newId(), newId(), newId()];
const conversationId = newId();

function projectOf({ questions, context, usesKnowledge, knowledge, language }: World): Project {
  const { facts } = projectFacts({ teamIds: [teamId] });
  const project = eventsFrom(cause, 'p', facts).reduce<Project | undefined>(evolve, undefined);
  if (!project) throw new Error('No project.');
  const definitions = questions.map((text, index) => {
    const question: Question = { type: 'YES_NO', question: text };
    const id = definitionIds[index] ?? '';
    const presentation = { title: 'T', successAnswer: 'YES', desiredOutcome: '' } as const;
    return [
      id,
      { id, presentation, isActive: true, versions: [{ version: 1, question, context, usesKnowledge }] },
    ] as const;
  });
  return { ...project, language, knowledge, definitions: new Map(definitions) };
}

function conversationOf(title: string, isExtracted = true): Conversation {
  const facts = [
    ...conversationFacts(conversationId, { teamId }),
    ...(isExtracted ? [extractionFact(conversationId)] : []),
  ];
  const outline = eventsFrom(cause, 'c', facts).reduce<ConversationOutline | undefined>(evolveOutline, undefined);
  if (!outline) throw new Error('No conversation.');
  return outlined({ ...outline, properties: { ...outline.properties, title } });
}

function questionsIn(world: World, force = false, startStage: Questions['startStage'] = 'AUTO'): Questions {
  const origin: AnalystOrigin = { engine: 'e', model: world.model, parameters: {}, templateVersion: '1' };
  return questionsOf(projectOf(world), { handbook: world.handbook }, () => origin, { startStage, force });
}

const candidate = (world: World, more: Partial<Candidate> = {}): Candidate => ({
  ...{ conversation: conversationOf(world.title), hasRecording: false, recordingMs: null, inForce: null },
  ...{ verdicts: new Map(), ...more },
});

/** What a run in this world has stored. */
function storedIn(world: World): { identities: Set<string>; cells: Map<string, StoredCell> } {
  const covered = coverage(questionsIn(world), candidate(world));
  const made = (covered?.asked ?? []).flatMap((cell) => (cell.made ? [{ ...cell, made: cell.made }] : []));
  return {
    identities: new Set(made.map(({ made: { identity } }) => identity)),
    cells: new Map(made.map(({ definitionId, made: { inputs } }) => [definitionId, { outcome: 'ANSWERED', inputs }])),
  };
}

function planIn(
  before: World,
  now: World,
  questions = questionsIn(now),
  more: Partial<Candidate> = {},
): ConversationPlan {
  const covered = coverage(questions, candidate(now, more));
  if (!covered) throw new Error('It is not covered.');
  return planConversation(questions, covered, storedIn(before));
}

describe('the plan of a conversation', () => {
  it('reuses everything in a world that has not changed, and asks everything again where that is forced', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        expect(planIn(world, structuredClone(world)).cells.map(({ decision }) => decision)).toEqual(
          world.questions.map(() => 'REUSED'),
        );
        const forced = planIn(world, world, questionsIn(world, true));
        expect(forced.cells.map(({ reason }) => reason)).toEqual(world.questions.map(() => 'FORCED'));
      }),
    );
  });

  it.each<[keyof World, CellReason]>([
    ['context', 'DEFINITION_CHANGED'],
    ['knowledge', 'KNOWLEDGE_CHANGED'],
    ['handbook', 'KNOWLEDGE_CHANGED'],
    ['language', 'LANGUAGE_CHANGED'],
    ['model', 'ANALYST_CHANGED'],
    ['title', 'CONVERSATION_CHANGED'],
  ])('asks again after a change of the %s, and says so', (part, reason) => {
    fc.assert(
      fc.property(worlds, (world) => {
        const before = { ...world, usesKnowledge: true };
        const changed = { ...before, [part]: before[part] === 'a' ? 'b' : 'a' };
        const { cells } = planIn(before, changed);
        expect(cells.map((cell) => [cell.decision, cell.reason])).toEqual(cells.map(() => ['RERUN', reason]));
      }),
    );
  });

  it('leaves answers alone that do not use the knowledge which changed', () => {
    fc.assert(
      fc.property(worlds, few, (world, knowledge) => {
        const before = { ...world, usesKnowledge: false };
        const { cells } = planIn(before, { ...before, knowledge });
        expect(cells.every(({ decision }) => decision === 'REUSED')).toBe(true);
      }),
    );
  });

  it('asks exactly the cells whose answer is stored nowhere, and every cell is counted once', () => {
    fc.assert(
      fc.property(worlds, worlds, fc.subarray([...definitionIds, newId()]), (before, now, inForce) => {
        const questions = questionsIn(now);
        const plan = planIn(before, now, questions, { inForce });
        const { identities } = storedIn(before);
        const covered = coverage(questions, candidate(now));
        const open = covered ? openCells(questions, covered, identities).map(({ definitionId }) => definitionId) : [];
        const asked = plan.cells.filter(({ decision }) => decision === 'RERUN' || decision === 'NEW');
        expect(asked.map(({ definitionId }) => definitionId)).toEqual(open);
        const tally = new PlanTally(now.questions.map((_, index) => definitionIds[index] ?? ''));
        tally.add(plan);
        for (const each of tally.summary.definitions) {
          const split = each.reused + each.rerun + each.new + each.outOfScope;
          expect(each.reasons.reduce((sum, { cells }) => sum + cells, 0)).toBe(split);
          expect(split).toBe(1);
        }
        const ids = plan.cells.map(({ definitionId }) => definitionId);
        expect(new Set(ids).size).toBe(ids.length);
      }),
    );
  });
});

describe('where a conversation starts', () => {
  const world: World = {
    ...{ questions: ['a'], context: 'a', usesKnowledge: true, knowledge: 'a', handbook: 'a' },
    ...{ language: 'a', model: 'a', title: 'a' },
  };
  const stageOf = (startStage: Questions['startStage'], more: Partial<Candidate>): string | undefined =>
    coverage(questionsIn(world, false, startStage), candidate(world, more))?.stage;
  const unread = conversationOf('a', false);
  const unheard: Conversation = { ...unread, transcripts: new Map(), transcriptVersion: null };

  it.each<[Questions['startStage'], string, Partial<Candidate>, string | undefined]>([
    ['AUTO', 'that is looked through', {}, 'INSIGHTS'],
    ['AUTO', 'that is only transcribed', { conversation: unread }, 'EXTRACTORS'],
    ['AUTO', 'that is only recorded', { conversation: unheard, hasRecording: true }, 'TRANSCRIPTION'],
    ['AUTO', 'of which there is nothing', { conversation: unheard }, undefined],
    ['TRANSCRIPTION', 'that is recorded', { hasRecording: true }, 'TRANSCRIPTION'],
    ['TRANSCRIPTION', 'that was pasted', {}, 'EXTRACTORS'],
    ['EXTRACTORS', 'that is only transcribed', { conversation: unread }, 'EXTRACTORS'],
    ['EXTRACTORS', 'that is only recorded', { conversation: unheard, hasRecording: true }, undefined],
    ['INSIGHTS', 'that is only transcribed', { conversation: unread }, undefined],
  ])('%s: one %s', (startStage, _what, more, stage) => expect(stageOf(startStage, more)).toBe(stage));

  it('a new transcript has everything asked again, also what would be the same', () => {
    const { cells } = planIn(world, world, questionsIn(world, false, 'TRANSCRIPTION'), { hasRecording: true });
    expect(cells.map(({ reason }) => reason)).toEqual(['STAGE_RERUN']);
  });

  it('one that left the project is taken out, and nothing is asked of it', () => {
    const elsewhere = conversationOf('a');
    const conversation = { ...elsewhere, properties: { ...elsewhere.properties, teamId: newId() } };
    expect(stageOf('AUTO', { conversation })).toBeUndefined();
    const plan = planIn(world, world, questionsIn(world), { conversation, inForce: definitionIds });
    expect(plan.stage).toBe('INSIGHTS');
    expect(plan.cells.map(({ reason }) => reason)).toEqual(definitionIds.map(() => 'NOT_ELIGIBLE'));
  });
});

describe('what is done before definitions are asked', () => {
  const world: World = {
    ...{ questions: ['a'], context: 'a', usesKnowledge: true, knowledge: 'a', handbook: 'a' },
    ...{ language: 'a', model: 'a', title: 'a' },
  };
  const [first, second, words] = [newId(), newId(), newId()];
  const asked = (question: string): Criterion => ({ type: 'BOOLEAN', question, expected: true });
  const minimumWords: Criterion = {
    ...{ type: 'ATTRIBUTE', condition: { attribute: 'WORDS', minimum: 1, maximum: null } },
  };
  const answer = (value: 'YES' | 'NO'): Finding => ({
    ...{ outcome: 'ANSWERED', answer: { type: 'YES_NO', answer: value }, rationale: '', confidence: 1 },
    ...{ evidence: [], searched: [] },
  });

  function questionsOfAll(startStage: Questions['startStage'], criteria: readonly [string, Criterion][]): Questions {
    const questions = questionsIn(world, false, startStage);
    const all = criteria.map(([id, criterion]) => [id, { version: 1, criterion }] as const);
    return { ...questions, project: { ...questions.project, criteria: new Map(all) } };
  }

  /** What was said of the first criterion about the transcript that is there. */
  function verdictOf(value: 'YES' | 'NO'): Map<string, Finding> {
    const criterion = asked('First?');
    const about = heardOf(analysedConversation(conversationOf('a'), 1), 1);
    const question = { type: 'YES_NO', question: 'First?' } as const;
    const open = { criterionId: first, criterionVersion: 1, criterion, question, context: '' };
    return new Map([[questionsIn(world).inputsOf(open).identityOf(about), answer(value)]]);
  }

  const both: [string, Criterion][] = [
    [first, asked('First?')],
    [second, asked('Second?')],
  ];
  const workOf = (questions: Questions, more: Partial<Candidate> = {}): EarlierWork | undefined =>
    coverage(questions, candidate(world, more))?.work;

  it('is what the stage makes that it starts at, with the recording as long as it is', () => {
    const recorded = { hasRecording: true, recordingMs: 60_000 };
    expect(workOf(questionsOfAll('TRANSCRIPTION', []), recorded)).toEqual({
      ...{ stage: 'TRANSCRIPTION', recordingMs: 60_000, isCertain: true, criteria: { ids: [], isFirstCertain: true } },
    });
    expect(workOf(questionsOfAll('TRANSCRIPTION', []))?.stage).toBe('EXTRACTORS');
    expect(workOf(questionsOfAll('AUTO', []), recorded)?.stage).toBe('INSIGHTS');
  });

  it('asks about criteria that nobody has judged, the first one of them for sure', () => {
    expect(workOf(questionsOfAll('AUTO', both))?.criteria).toEqual({ ids: [first, second], isFirstCertain: true });
    const judged = { verdicts: verdictOf('YES') };
    expect(workOf(questionsOfAll('AUTO', both), judged)?.criteria).toEqual({ ids: [second], isFirstCertain: true });
    expect(workOf(questionsOfAll('AUTO', both.slice(0, 1)), judged)?.criteria.ids).toEqual([]);
  });

  it('asks about all of them once more where there is another transcript, and says that it is open', () => {
    const questions = questionsOfAll('TRANSCRIPTION', both.slice(0, 1));
    const more = { verdicts: verdictOf('YES'), hasRecording: true };
    expect(coverage(questions, candidate(world, more))).toMatchObject({
      ...{ isUndecided: true, work: { criteria: { ids: [first], isFirstCertain: true } } },
    });
    expect(coverage(questions, candidate(world, { ...more, hasRecording: false }))?.isUndecided).toBe(false);
  });

  it('asks nothing about one that is known to be out, and only perhaps about one that words may keep out', () => {
    const out = { verdicts: verdictOf('NO'), inForce: definitionIds };
    expect(workOf(questionsOfAll('TRANSCRIPTION', both), { ...out, hasRecording: true })).toMatchObject({
      ...{ stage: 'INSIGHTS', criteria: { ids: [] } },
    });
    const unheard: Conversation = {
      ...{ ...conversationOf('a', false), transcripts: new Map(), transcriptVersion: null },
    };
    const questions = questionsOfAll('AUTO', [[words, minimumWords], ...both]);
    expect(workOf(questions, { conversation: unheard, hasRecording: true })?.criteria).toEqual({
      ...{ ids: [first, second], isFirstCertain: false },
    });
  });
});
