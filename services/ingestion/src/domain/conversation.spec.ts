import { pipelineRunId } from '@harmony/analysis';
import type { EventDataOf, HarmonyEvent } from '@harmony/contracts';
import { eventsFrom, fact, type Cause, type Fact } from '@harmony/kernel';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { structureTranscript, transcriptFacts, writtenOrigin } from '@harmony/transcript';
import { evolve, nextStep, type Conversation } from './conversation.js';
import { emptyExtraction, emptyRun } from '../testing/later-stages.js';
import { decideAnalysis, decideCompletion, decideFailure, decideRunFailure, decideSubmission } from './decide.js';

const id = '3f0c5d1e-0014-4a2b-8c4d-7e6f5a4b3c2d';
const submission = {
  conversationId: id,
  source: 'TEXT',
  title: 'A call',
  medium: 'CALL',
  teamId: null,
  contactId: null,
  ownerId: id,
  createdBy: id,
  tags: [],
  customFields: {},
  content: { key: 'a/b', bytes: 1, sha256: '0'.repeat(64) },
} as const;
const data = { ...submission, tags: [] };
const identity = { conversationId: id, transcriptVersion: 1 };

const cause: Cause = {
  causationId: 'cause',
  correlationId: 'request',
  workspaceId: id,
  actor: { kind: 'SYSTEM', id: 'ingestion' },
  occurredAt: '2026-01-01T00:00:00.000Z',
};
const events = (facts: readonly Fact[]): HarmonyEvent[] => eventsFrom(cause, `conversation-${id}`, facts);
const folded = (facts: readonly Fact[]): Conversation | undefined => events(facts).reduce(evolve, undefined);

const submitted = decideSubmission(undefined, data);
const transcript = transcriptFacts(identity, structureTranscript('Anna: hi\nBob: hello'), writtenOrigin('TEXT'));

const now = new Date('2026-01-01T00:01:00.000Z');
/** Events append themselves: each list of facts has ids of its own. */
const after = (before: readonly HarmonyEvent[], facts: readonly Fact[]): HarmonyEvent[] => [
  ...before,
  ...eventsFrom({ ...cause, causationId: `cause-${before.length}` }, `conversation-${id}`, facts),
];
const stateOf = (all: readonly HarmonyEvent[]): Conversation | undefined => all.reduce(evolve, undefined);
const stepOf = (all: readonly HarmonyEvent[]): string | undefined => {
  const state = stateOf(all);
  return state && nextStep(state);
};
const askedBy = (all: readonly HarmonyEvent[]): string => all.at(-1)?.id ?? '';
const completedRun = (asked: string, counts = {}): EventDataOf<'InsightsRunCompleted'> =>
  emptyRun(id, asked, counts)[1].data as EventDataOf<'InsightsRunCompleted'>;

describe('a conversation of text', () => {
  it('is queued, gets its transcript, is looked through, gets its answers, is completed', () => {
    const queued = events(submitted);
    expect(stateOf(queued)).toMatchObject({ status: 'QUEUED', transcript: { isRecorded: false } });
    expect(stepOf(queued)).toBe('STRUCTURE_TRANSCRIPT');

    const recorded = after(queued, transcript);
    expect(stateOf(recorded)).toMatchObject({ status: 'QUEUED', transcript: { isRecorded: true } });
    expect(stepOf(recorded)).toBe('EXTRACT');

    const extracting = after(recorded, [fact('StageStarted', { conversationId: id, stage: 'EXTRACTION', attempt: 1 })]);
    expect(stateOf(extracting)).toMatchObject({ status: 'EXTRACTING' });
    const extracted = after(extracting, [emptyExtraction(id, 1)]);
    expect(stepOf(extracted)).toBe('ANSWER');

    const run = pipelineRunId(askedBy(extracted));
    const analyzing = after(extracted, decideAnalysis(stateOf(extracted), run));
    expect(stateOf(analyzing)).toMatchObject({ status: 'ANALYZING', attempts: { INSIGHTS: 1 } });
    expect(decideAnalysis(stateOf(analyzing), run)).toEqual([]);

    const completed = after(analyzing, decideCompletion(stateOf(analyzing), completedRun(askedBy(extracted)), now));
    expect(completed.slice(-2)).toMatchObject([
      { type: 'StageSucceeded', data: { stage: 'INSIGHTS', attempt: 1, durationMs: 60_000 } },
      { type: 'ConversationCompleted', data: { conversationId: id } },
    ]);
    expect(stateOf(completed)).toMatchObject({ status: 'COMPLETED', failure: null });
    expect(stepOf(completed)).toBe('NOTHING');
  });

  it('is completed with errors when a definition failed, also when nobody told that its answers had begun', () => {
    const extracted = after(events([...submitted, ...transcript]), [emptyExtraction(id, 1)]);
    const facts = decideCompletion(stateOf(extracted), completedRun(askedBy(extracted), { failed: 2 }), now);
    expect(facts.map(({ type }) => type)).toEqual(['StageStarted', 'StageSucceeded', 'ConversationCompleted']);
    expect(facts.at(-1)?.data).toMatchObject({ failedInsights: 2 });
    expect(stateOf(after(extracted, facts))).toMatchObject({ status: 'COMPLETED_WITH_ERRORS' });
  });

  it('fails where nobody can say what is to be asked, and may be tried again', () => {
    const extracted = after(events([...submitted, ...transcript]), [emptyExtraction(id, 1)]);
    const runId = pipelineRunId(askedBy(extracted));
    const failure = { conversationId: id, runId, kind: 'PIPELINE' as const, revisionId: null, code: 'INTERNAL' };
    const failed = after(extracted, decideRunFailure(stateOf(extracted), failure, now));
    expect(failed.slice(-3).map(({ type }) => type)).toEqual([
      ...['StageStarted', 'StageAttemptFailed', 'ConversationFailed'],
    ]);
    expect(stateOf(failed)).toMatchObject({ status: 'FAILED', failure: { stage: 'INSIGHTS', code: 'INTERNAL' } });
    expect(decideRunFailure(stateOf(failed), failure, now)).toEqual([]);
    expect(decideRunFailure(stateOf(extracted), { ...failure, runId: id }, now)).toEqual([]);
  });

  it('hears of no run but the one that it waits for, also after a retry', () => {
    const extracted = after(events([...submitted, ...transcript]), [emptyExtraction(id, 1)]);
    const first = completedRun(askedBy(extracted));
    const completed = after(extracted, decideCompletion(stateOf(extracted), first, now));
    expect(decideCompletion(stateOf(completed), first, now)).toEqual([]);
    const again = after(completed, [fact('ConversationRetried', { conversationId: id, fromStage: 'INSIGHTS' })]);
    expect(stateOf(again)).toMatchObject({ status: 'QUEUED', insights: { isExtracted: true } });
    expect(decideCompletion(stateOf(again), first, now)).toEqual([]);
    expect(decideAnalysis(stateOf(again), first.runId)).toEqual([]);
    const second = decideCompletion(stateOf(again), completedRun(askedBy(again)), now);
    expect(second.at(0)?.data).toMatchObject({ stage: 'INSIGHTS', attempt: 2 });
    expect(stateOf(after(again, second))).toMatchObject({ status: 'COMPLETED' });
  });

  it('fails with the stage and the code', () => {
    const failed = folded([
      ...submitted,
      ...decideFailure(folded(submitted), 'STRUCTURE_TRANSCRIPT', 'OBJECT_NOT_FOUND'),
    ]);
    expect(failed).toMatchObject({
      status: 'FAILED',
      failure: { stage: 'TRANSCRIPTION', code: 'OBJECT_NOT_FOUND' },
    });
    expect(failed && nextStep(failed)).toBe('NOTHING');
  });

  it('is submitted once', () => expect(decideSubmission(folded(submitted), data)).toEqual([]));

  it('ends once, whatever is decided again in whatever order', () => {
    const step = fc.constantFrom('submit', 'record', 'extract', 'analyse', 'complete', 'fail');
    fc.assert(
      fc.property(fc.array(step, { maxLength: 16 }), (steps) => {
        let all: HarmonyEvent[] = [];
        let asked = '';
        const decide = (next: (typeof steps)[number]): readonly Fact[] => {
          const current = stateOf(all);
          if (next === 'submit') return decideSubmission(current, data);
          if (next === 'record') return stepOf(all) === 'STRUCTURE_TRANSCRIPT' ? transcript : [];
          if (next === 'extract') return stepOf(all) === 'EXTRACT' ? [emptyExtraction(id, 1)] : [];
          if (next === 'analyse') return decideAnalysis(current, pipelineRunId(asked));
          if (next === 'complete') return decideCompletion(current, completedRun(asked), now);
          return decideFailure(current, 'STRUCTURE_TRANSCRIPT', 'OBJECT_NOT_FOUND');
        };
        for (const next of steps) {
          const facts = decide(next);
          all = after(all, facts);
          if (next === 'extract' && facts.length > 0) asked = askedBy(all);
        }
        const ends = all.filter(({ type }) => type === 'ConversationCompleted' || type === 'ConversationFailed');
        expect(ends.length).toBeLessThanOrEqual(1);
        expect(ends.length === 1 ? all.at(-1) : undefined).toEqual(ends[0]);
      }),
    );
  });
});
