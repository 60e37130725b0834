import type { HarmonyEvent } from '@harmony/contracts';
import { eventsFrom, type Cause, type Fact } from '@harmony/kernel';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { evolve, nextStep, type Conversation } from './conversation.js';
import { decideCompletion, decideSubmission, decideTranscriptionFailure, transcriptFacts } from './decide.js';
import { structureTranscript } from './transcript/structure-transcript.js';

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
const transcript = transcriptFacts(id, structureTranscript('Anna: hi\nBob: hello'));

describe('a conversation of text', () => {
  it('is queued, gets its transcript, is completed', () => {
    const queued = folded(submitted);
    expect(queued).toMatchObject({ status: 'QUEUED', hasTranscript: false });
    expect(queued && nextStep(queued)).toBe('STRUCTURE_TRANSCRIPT');

    const recorded = folded([...submitted, ...transcript]);
    expect(recorded).toMatchObject({ status: 'QUEUED', hasTranscript: true });
    expect(recorded && nextStep(recorded)).toBe('COMPLETE');

    const completed = folded([...submitted, ...transcript, ...decideCompletion(recorded)]);
    expect(completed).toMatchObject({ status: 'COMPLETED', failure: null });
    expect(completed && nextStep(completed)).toBe('NOTHING');
  });

  it('fails with the stage and the code', () => {
    const failed = folded([...submitted, ...decideTranscriptionFailure(folded(submitted), 'OBJECT_NOT_FOUND')]);
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
          if (next === 'fail') facts.push(...decideTranscriptionFailure(now, 'OBJECT_NOT_FOUND'));
        }
        const ends = facts.filter(({ type }) => type === 'ConversationCompleted' || type === 'ConversationFailed');
        expect(ends.length).toBeLessThanOrEqual(1);
        expect(ends.length === 1 ? facts.at(-1) : undefined).toEqual(ends[0]);
      }),
    );
  });
});

describe('the facts of a transcript', () => {
  it('hold every turn once and in order, each event far below what an append takes', () => {
    const line = fc.tuple(fc.constantFrom('Anna: ', 'Bob: ', ''), fc.string({ unit: 'binary', maxLength: 40_000 }));
    fc.assert(
      fc.property(fc.array(line, { maxLength: 40 }), fc.boolean(), (lines, manyShort) => {
        const text =
          lines.map(([name, words]) => name + words).join('\n') + (manyShort ? '\nAnna: x'.repeat(2_500) : '');
        const structured = structureTranscript(text);
        const facts = transcriptFacts(id, structured);
        const chunks = facts.flatMap((each) => (each.type === 'TranscriptChunkRecorded' ? [each.data] : []));
        expect(chunks.flatMap(({ turns }) => turns)).toEqual(structured.turns);
        expect(chunks.map(({ chunk }) => chunk)).toEqual(chunks.map((_, index) => index));
        for (const event of events(facts)) expect(Buffer.byteLength(JSON.stringify(event))).toBeLessThan(450_000);
        expect(facts.at(-1)).toMatchObject({
          type: 'TranscriptRecorded',
          data: { chunkCount: chunks.length, turnCount: structured.turns.length },
        });
      }),
      { numRuns: 30 },
    );
  });

  it('stay small for as many speakers as can be', () => {
    const text = Array.from({ length: 1_000 }, (_, index) => `${'Ж'.repeat(50)} ${index}: x`).join('\n');
    const last = events(transcriptFacts(id, structureTranscript(text))).at(-1);
    expect(last).toMatchObject({ type: 'TranscriptRecorded' });
    expect(Buffer.byteLength(JSON.stringify(last))).toBeLessThan(450_000);
  });
});
