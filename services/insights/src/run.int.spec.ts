import { HarmonyError, noUsage, streams, type Criterion, type Goal, type Scorecard } from '@harmony/contracts';
import { tolerableAgeMs } from '@harmony/event-store';
import { fact, newId } from '@harmony/kernel';
import { eventually } from '@harmony/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { RunningInsights } from './testing/running-insights.js';
import { extractionFact, transcriptFacts, yesNo, type BuiltProject, type SampleProject } from './testing/samples.js';
import {
  answeredBy,
  answerTo,
  ScriptedAnalyst,
  think,
  thinkingMs,
  usageOfOneCall,
} from './testing/scripted-analyst.js';

jest.setTimeout(60_000);

const analyst = new ScriptedAnalyst();
const { script } = analyst;
const projects: BuiltProject[] = [];
let system: RunningInsights;

beforeAll(async () => {
  system = await RunningInsights.start(analyst);
}, 120_000);
afterAll(() => system?.close(), 120_000);
beforeEach(() => {
  analyst.asked.length = 0;
  analyst.script = script;
});
/** Whatever a test set up asks nothing of the conversations of the next one. */
afterEach(async () => {
  for (const { id } of projects.splice(0)) await append(id, fact('ProjectDeleted', { projectId: id }));
});

const append = async (projectId: string, ...facts: Parameters<RunningInsights['append']>[1]): Promise<void> => {
  await system.append(streams.project(projectId), facts);
};

async function newProject(sample: Partial<SampleProject>): Promise<BuiltProject> {
  const project = await system.newProject(sample);
  projects.push(project);
  return project;
}

const questionsOf = (): string[] =>
  analyst.asked.map(({ question }) => (question.type === 'YES_NO' ? question.question : question.type));

describe('a run', () => {
  it('answers every active definition of every project that the conversation belongs into', async () => {
    const project = await newProject({ questions: [yesNo('A?'), yesNo('B?'), yesNo('C?')] });
    const definitionId = project.definitionIds[2] ?? '';
    await append(project.id, fact('DefinitionDeactivated', { projectId: project.id, definitionId }));
    await newProject({ questions: [yesNo('Another team?')], teamIds: [newId()] });
    const id = await system.newConversation();
    const { data } = await system.completed(id);
    expect(data.counts).toEqual({ answered: 2, notDiscussed: 0, failed: 0, carriedOver: 0, dropped: 0 });
    expect(questionsOf().sort()).toEqual(['A?', 'B?']);
    const [recorded] = await system.insightsOf(id, 'InsightRecorded');
    expect(recorded?.data.finding).toMatchObject({
      outcome: 'ANSWERED',
      evidence: [{ quote: 'Hello', turn: 0, start: 0, end: 5 }],
    });
    expect(analyst.asked[0]?.background).toMatchObject({ knowledge: 'We sell bicycles.', language: 'en' });
  });

  it('without anything to answer is complete at once, and so is one of a conversation without a team', async () => {
    await newProject({ questions: [yesNo('A?')] });
    const id = await system.newConversation({ teamId: null });
    expect((await system.completed(id)).data.counts.answered).toBe(0);
    const [started] = await system.insightsOf(id, 'InsightsRunStarted');
    expect(started?.data.eligibility).toMatchObject([{ eligible: false, isTeamAssigned: false }]);
    expect(analyst.asked).toEqual([]);
  });

  it('makes no call for what was answered before by equal identity, and one for what was edited', async () => {
    const project = await newProject({ questions: [yesNo('A?'), yesNo('B?')] });
    const id = await system.newConversation();
    await system.completed(id);
    const edited = { projectId: project.id, definitionId: project.definitionIds[0] ?? '', definitionVersion: 2 };
    const asked = { question: yesNo('A, really?'), context: '', usesKnowledge: true };
    await append(project.id, fact('DefinitionEdited', { ...edited, ...asked }));
    analyst.asked.length = 0;
    await system.retry(id);
    expect((await system.completed(id, 2)).data.counts).toMatchObject({ answered: 2, carriedOver: 1 });
    expect(questionsOf()).toEqual(['A, really?']);
    const [carried] = await system.insightsOf(id, 'InsightCarriedOver');
    const [started] = await system.insightsOf(id, 'InsightsRunStarted');
    expect(carried?.data.fromRunId).toBe(started?.data.runId);
  });

  it('stays as it was, whatever changes in its project afterwards; the next conversation is read by it', async () => {
    const condition = { attribute: 'TAGS' as const, match: 'ANY' as const, tags: ['vip'] };
    const criterion = { type: 'ATTRIBUTE' as const, condition };
    const project = await newProject({ questions: [yesNo('A?')] });
    const before = await system.newConversation();
    await system.completed(before);
    const recorded = await system.eventsOf(streams.insights(before));
    await append(
      project.id,
      fact('ProjectChanged', { projectId: project.id, knowledge: 'We sell boats now.' }),
      fact('CriterionSet', { projectId: project.id, criterionId: newId(), criterionVersion: 1, criterion }),
    );
    const after = await system.newConversation({ tags: ['vip'] });
    await system.completed(after);
    expect(analyst.asked.at(-1)?.background).toMatchObject({ knowledge: 'We sell boats now.' });
    expect(analyst.asked).toHaveLength(2);
    expect(await system.eventsOf(streams.insights(before))).toEqual(recorded);
  });

  it('asks again about a new transcript', async () => {
    await newProject({ questions: [yesNo('A?')] });
    const id = await system.newConversation();
    await system.completed(id);
    const again = extractionFact(id, { transcriptVersion: 2, extractionVersion: 2 });
    await system.append(streams.conversation(id), [...transcriptFacts(id, 2, ['Quite other words']), again]);
    await system.completed(id, 2);
    expect(analyst.asked.map(({ conversation }) => conversation.turns[0]?.text)).toEqual([
      'Hello there',
      'Quite other words',
    ]);
  });

  it('keeps an abstention apart from an answer', async () => {
    await newProject({ questions: [yesNo('A?')] });
    const reasons = { rationale: 'Nobody did.', confidence: 1, evidence: [], searched: [], usage: noUsage };
    analyst.script = () => ({ outcome: 'NOT_DISCUSSED', ...reasons });
    const id = await system.newConversation();
    expect((await system.completed(id)).data.counts).toMatchObject({ answered: 0, notDiscussed: 1 });
  });

  it('of a conversation without words asks nobody', async () => {
    await newProject({ questions: [yesNo('A?')] });
    const id = await system.newConversation({ turns: [] });
    expect((await system.completed(id)).data.counts.notDiscussed).toBe(1);
    expect(analyst.asked).toEqual([]);
  });

  it('reads one turn, 25,000 turns, and turns in another language', async () => {
    await newProject({ questions: [yesNo('A?'), yesNo('B?'), yesNo('C?')] });
    const many = Array.from({ length: 25_000 }, (_, index) => `Turn ${index} is about bicycles and their price.`);
    for (const turns of [['Yes.'], many, ['これは自転車です。', 'Das ist schön.']]) {
      analyst.asked.length = 0;
      const id = await system.newConversation({ turns });
      expect((await system.completed(id)).data.counts.answered).toBe(3);
      const [one, ...others] = analyst.asked.map(({ conversation }) => conversation.turns);
      expect(one).toHaveLength(turns.length);
      // Decoded once for all of its questions.
      expect(others.every((each) => each === one)).toBe(true);
    }
  });
});

describe('a definition that cannot be answered', () => {
  it('fails alone, with the code and what it took', async () => {
    const project = await newProject({ questions: [yesNo('A?'), yesNo('Broken?')] });
    const spent = { ...noUsage, calls: 2 };
    analyst.script = async (request) => {
      const [question] = questionsOf().slice(-1);
      await think();
      if (question === 'Broken?') throw new HarmonyError('ANSWER_INVALID', { facts: { usage: spent } });
      return answeredBy(request, answerTo(request.question));
    };
    const id = await system.newConversation();
    expect((await system.completed(id)).data.counts).toMatchObject({ answered: 1, failed: 1 });
    const [failed] = await system.insightsOf(id, 'InsightFailed');
    expect(failed?.data).toMatchObject({
      definitionId: project.definitionIds[1],
      code: 'ANSWER_INVALID',
      usage: spent,
    });
    expect(failed?.data.durationMs).toBeGreaterThanOrEqual(thinkingMs);
  });

  it('whose answer nothing supports is mended once, and fails then', async () => {
    await newProject({ questions: [yesNo('A?')] });
    analyst.script = (request) => ({
      ...answeredBy(request, answerTo(request.question)),
      evidence: [{ turn: 0, quote: 'Nobody ever said this', part: null }],
    });
    const id = await system.newConversation();
    await system.completed(id);
    const [failed] = await system.insightsOf(id, 'InsightFailed');
    expect(failed?.data.code).toBe('UNSUPPORTED_ANSWER');
    expect(analyst.asked.map(({ repair }) => repair?.problem)).toEqual([undefined, 'UNSUPPORTED_ANSWER']);
  });

  it('that is too long for the log fails alone, whoever is recorded with it', async () => {
    await newProject({ questions: ['A?', 'B?', 'C?', 'D?'].map(yesNo) });
    analyst.script = async (request) => {
      await think();
      const isLong = request.question.type === 'YES_NO' && request.question.question === 'B?';
      const answered = answeredBy(request, answerTo(request.question));
      return isLong ? { ...answered, rationale: 'x'.repeat(1_000_000) } : answered;
    };
    const id = await system.newConversation();
    expect((await system.completed(id)).data.counts).toMatchObject({ answered: 3, failed: 1 });
    const [failed] = await system.insightsOf(id, 'InsightFailed');
    expect(failed?.data).toMatchObject({ code: 'EVENT_TOO_LARGE', usage: usageOfOneCall });
    expect(failed?.data.durationMs).toBeGreaterThanOrEqual(thinkingMs);
  });

  it('because of the provider is tried again, and fails with the last code after six tries', async () => {
    await newProject({ questions: [yesNo('Passing?'), yesNo('Lasting?')] });
    let passing = 0;
    analyst.script = async (request) => {
      const [question] = questionsOf().slice(-1);
      await think();
      if (question === 'Lasting?') throw new HarmonyError('ANALYST_TIME_LIMIT');
      passing += 1;
      if (passing < 3) throw new HarmonyError(passing === 1 ? 'ANALYST_RATE_LIMITED' : 'ANALYST_UNAVAILABLE');
      return answeredBy(request, answerTo(request.question));
    };
    const id = await system.newConversation();
    const completed = eventually(
      async () => {
        await system.makeRetriesDue();
        const [end] = await system.insightsOf(id, 'InsightsRunCompleted');
        expect(end?.data.counts).toMatchObject({ answered: 1, failed: 1 });
      },
      { withinMs: 40_000, everyMs: 200 },
    );
    await completed;
    const [failed] = await system.insightsOf(id, 'InsightFailed');
    expect(failed?.data.code).toBe('ANALYST_TIME_LIMIT');
    expect(failed?.data.durationMs).toBeGreaterThanOrEqual(thinkingMs);
    expect(questionsOf().filter((question) => question === 'Lasting?')).toHaveLength(6);
    expect(questionsOf().filter((question) => question === 'Passing?')).toHaveLength(3);
  });

  it('because of a wrong key is not tried again', async () => {
    await newProject({ questions: [yesNo('A?')] });
    analyst.script = () => {
      throw new HarmonyError('ANALYST_REFUSED');
    };
    const id = await system.newConversation();
    expect((await system.completed(id)).data.counts.failed).toBe(1);
    expect(analyst.asked).toHaveLength(1);
  });
});

describe('what changes while a run goes on', () => {
  /** Holds all questions until they are let go; five are asked at once. */
  function held(): { begun: Promise<void>; letGo: () => void } {
    let letGo: () => void = () => undefined;
    let begin: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (letGo = resolve));
    const begun = new Promise<void>((resolve) => (begin = resolve));
    analyst.script = async (request) => {
      begin();
      await gate;
      return answeredBy(request, answerTo(request.question));
    };
    return { begun, letGo };
  }

  /** Changes of projects come late by so much at most. */
  async function beyondTolerance(): Promise<void> {
    const since = performance.now();
    await eventually(() => expect(performance.now() - since).toBeGreaterThan(tolerableAgeMs));
  }

  const eight = ['A?', 'B?', 'C?', 'D?', 'E?', 'F?', 'G?', 'H?'].map(yesNo);

  it('drops a definition that was removed before its turn, and answers one that was edited as it was', async () => {
    const { begun, letGo } = held();
    const project = await newProject({ questions: eight });
    const id = await system.newConversation();
    await begun;
    await eventually(() => expect(analyst.asked.length).toBeGreaterThanOrEqual(5));
    const waiting = project.definitionIds.filter(
      (_, index) => !questionsOf().includes(eight[index]?.type === 'YES_NO' ? eight[index].question : ''),
    );
    const [removed = '', edited = ''] = waiting;
    await append(
      project.id,
      fact('DefinitionRemoved', { projectId: project.id, definitionId: removed }),
      fact('DefinitionEdited', {
        ...{ projectId: project.id, definitionId: edited, definitionVersion: 2 },
        ...{ question: yesNo('Edited?'), context: '', usesKnowledge: true },
      }),
    );
    await beyondTolerance();
    letGo();
    expect((await system.completed(id)).data.counts).toMatchObject({ answered: 7, dropped: 1 });
    expect(questionsOf()).not.toContain('Edited?');
    const [dropped] = await system.insightsOf(id, 'InsightDropped');
    expect(dropped?.data).toMatchObject({ definitionId: removed, reason: 'DEFINITION_REMOVED' });
  });

  it('drops what is left of a project that was deleted', async () => {
    const { begun, letGo } = held();
    const project = await newProject({ questions: eight });
    const id = await system.newConversation();
    await begun;
    await append(project.id, fact('ProjectDeleted', { projectId: project.id }));
    await beyondTolerance();
    letGo();
    const { counts } = (await system.completed(id)).data;
    expect(counts.answered + counts.dropped).toBe(8);
    expect(counts.dropped).toBeGreaterThanOrEqual(2);
  });

  it('stops quietly when the conversation is deleted, and leaves nothing of it but what it cost', async () => {
    const { begun, letGo } = held();
    await newProject({ questions: eight });
    const id = await system.newConversation();
    await begun;
    await system.append(streams.conversation(id), [fact('ConversationDeleted', { conversationId: id })]);
    letGo();
    await eventually(async () => {
      await expect(system.eventsOf(streams.insights(id))).rejects.toMatchObject({ code: 'STREAM_DELETED' });
      const { rows } = await system.backends.database.worker.query<{ count: number }>(
        `select (select count(*) from insights.results where conversation_id = $1)::int
              + (select count(*) from insights.runs where conversation_id = $1)::int
              + (select count(*) from insights.conversations where conversation_id = $1)::int
              + (select count(*) from insights.replies where conversation_id = $1)::int as count`,
        [id],
      );
      expect(rows[0]?.count).toBe(0);
    });
    const erased = (await system.eventsOf(streams.tombstone(id))).at(-1);
    const { rows } = await system.backends.database.worker.query<{ calls: number }>(
      'select coalesce(sum(calls), 0)::int as calls from insights.usage where source_id = $1',
      [id],
    );
    const spent = erased?.type === 'InsightsErased' ? erased.data.spending : [];
    expect(rows[0]?.calls).toBe(spent.reduce((sum, { usage }) => sum + usage.calls, 0));
  });
});

describe('criteria', () => {
  const boolean: Criterion = { type: 'BOOLEAN', question: 'Is it about bicycles?', expected: true };
  const tagged: Criterion = {
    type: 'ATTRIBUTE',
    condition: { attribute: 'TAGS', match: 'ANY', tags: ['demo'] },
  };

  it('keep a conversation out without asking where facts decide, and ask once where they do not', async () => {
    const project = await newProject({ questions: [yesNo('A?')], criteria: [boolean, tagged] });
    const out = await system.newConversation();
    await system.completed(out);
    expect(analyst.asked).toEqual([]);
    const id = await system.newConversation({ tags: ['demo'] });
    expect((await system.completed(id)).data.counts.answered).toBe(1);
    expect(questionsOf()).toEqual(['Is it about bicycles?', 'A?']);
    const [judged] = await system.insightsOf(id, 'CriterionJudged');
    expect(judged?.data).toMatchObject({ criterionId: project.criterionIds[0], verdict: 'MET' });
    analyst.asked.length = 0;
    await system.retry(id);
    await system.completed(id, 2);
    expect(analyst.asked).toEqual([]);
  });

  it('that the analyst cannot judge keep the conversation out of their project alone', async () => {
    await newProject({ questions: [yesNo('A?')], criteria: [boolean] });
    await newProject({ questions: [yesNo('B?')] });
    analyst.script = async (request) => {
      const [question] = questionsOf().slice(-1);
      await think();
      if (question === 'Is it about bicycles?') throw new HarmonyError('ANALYST_REFUSED');
      return answeredBy(request, answerTo(request.question));
    };
    const id = await system.newConversation();
    expect((await system.completed(id)).data.counts.answered).toBe(1);
    const [judged] = await system.insightsOf(id, 'CriterionJudged');
    expect(judged?.data).toMatchObject({ verdict: 'FAILED', finding: null });
    expect(judged?.data.durationMs).toBeGreaterThanOrEqual(thinkingMs);
  });
});

describe('goals and scorecards', () => {
  const isYes = (definitionId = '') => ({ test: 'ANSWER_IS', definitionId, answer: 'YES' }) as const;
  const goal =
    (name: string) =>
    ([one]: readonly string[]): Goal => ({ name, match: 'ALL', conditions: [isYes(one)] });
  const scorecard = ([one, other]: readonly string[]): Scorecard => ({
    name: 'Quality',
    rules: [
      { label: 'One', weight: 3, condition: isYes(one) },
      { label: 'Other', weight: 1, condition: { ...isYes(other), answer: 'NO' } },
    ],
  });

  it('come with the end of the run, and follow their rules without asking anybody', async () => {
    const project = await newProject({
      questions: [yesNo('A?'), yesNo('B?')],
      goals: [goal('Agreed')],
      scorecards: [scorecard],
    });
    const id = await system.newConversation();
    await system.completed(id);
    const types = (await system.eventsOf(streams.insights(id))).map(({ type }) => type);
    expect(types.slice(-2)).toEqual(['ScoresEvaluated', 'InsightsRunCompleted']);
    const [evaluated] = await system.insightsOf(id, 'ScoresEvaluated');
    expect(evaluated?.data.goals).toMatchObject([{ outcome: 'MET' }]);
    expect(evaluated?.data.scorecards).toMatchObject([{ score: 75 }]);
    const asked = analyst.asked.length;
    const goalId = evaluated?.data.goals[0]?.goalId ?? '';
    await append(project.id, fact('GoalRemoved', { projectId: project.id, goalId }));
    await eventually(async () => {
      const last = (await system.insightsOf(id, 'ScoresEvaluated')).at(-1);
      expect(last?.data).toMatchObject({ goals: [], scorecards: [{ score: 75 }] });
    });
    expect(analyst.asked).toHaveLength(asked);
  });
});
