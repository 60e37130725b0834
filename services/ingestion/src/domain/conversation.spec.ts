import type { HarmonyEvent } from '@harmony/contracts';
import { eventsFrom, type Cause, type Fact } from '@harmony/kernel';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { structureTranscript, transcriptFacts, writtenOrigin } from '@harmony/transcript';
import { evolve, nextStep, type Conversation } from './conversation.js';
import { decideCompletion, decideFailure, decideSubmission } from './decide.js';

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

describe('a conversation of text', () => {
  it('is queued, gets its transcript, is completed', () => {
    const queued = folded(submitted);
    expect(queued).toMatchObject({ status: 'QUEUED', transcript: { isRecorded: false } });
    expect(queued && nextStep(queued)).toBe('STRUCTURE_TRANSCRIPT');

    const recorded = folded([...submitted, ...transcript]);
    expect(recorded).toMatchObject({ status: 'QUEUED', transcript: { isRecorded: true } });
    expect(recorded && nextStep(recorded)).toBe('COMPLETE');

    const completed = folded([...submitted, ...transcript, ...decideCompletion(recorded)]);
    expect(completed).toMatchObject({ status: 'COMPLETED', failure: null });
    expect(completed && nextStep(completed)).toBe('NOTHING');
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
    const step = fc.constantFrom('submit', 'record', 'complete', 'fail');
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const facts: Fact[] = [];
        for (const next of steps) {
          const now = folded(facts);
          if (next === 'submit') facts.push(...decideSubmission(now, data));
          if (next === 'record' && now && nextStep(now) === 'STRUCTURE_TRANSCRIPT') facts.push(...transcript);
          if (next === 'complete') facts.push(...decideCompletion(now));
          if (next === 'fail') facts.push(...decideFailure(now, 'STRUCTURE_TRANSCRIPT', 'OBJECT_NOT_FOUND'));
        }
        const ends = facts.filter(({ type }) => type === 'ConversationCompleted' || type === 'ConversationFailed');
        expect(ends.length).toBeLessThanOrEqual(1);
        expect(ends.length === 1 ? facts.at(-1) : undefined).toEqual(ends[0]);
      }),
    );
  });
});
