import type { HarmonyEvent } from '@harmony/contracts';
import { eventsFrom, fact, newId, type Cause, type Fact } from '@harmony/kernel';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { decideDeletion } from '../deletion/decide-deletion.js';
import { decideChanges } from '../properties/decide-changes.js';
import { decideRetry } from '../retry/decide-retry.js';
import { decideMatch } from '../speakers/decide-match.js';
import { evolve, nextStep, type Conversation } from '../domain/conversation.js';
import { emptyExtraction } from '../testing/later-stages.js';

const id = newId();
const stored = { key: 'a/b', bytes: 1, sha256: '0'.repeat(64) };
const cause = (): Cause => ({
  ...{ causationId: newId(), correlationId: 'request', workspaceId: id },
  ...{ actor: { kind: 'SYSTEM', id: 'ingestion' }, occurredAt: '2026-01-01T00:00:00.000Z' },
});
const events = (facts: readonly Fact[]): HarmonyEvent[] => eventsFrom(cause(), `conversation-${id}`, facts);
const fold = (facts: readonly Fact[], before?: Conversation): Conversation => {
  const after = events(facts).reduce(evolve, before);
  if (!after) throw new Error('no conversation');
  return after;
};

const submitted = (content: typeof stored | null): Fact =>
  fact('ConversationSubmitted', {
    ...{ conversationId: id, source: 'TEXT', title: 'A call', medium: 'CALL', teamId: null, contactId: null },
    ...{ ownerId: id, createdBy: id, tags: [], customFields: {}, content },
  });
const speaker = (code: string) => ({ code, name: null, words: 1, turns: 1 });
const recorded = (transcriptVersion: number): Fact[] => [
  fact('TranscriptChunkRecorded', { conversationId: id, transcriptVersion, chunk: 0, turns: [] }),
  fact('TranscriptRecorded', {
    ...{ conversationId: id, transcriptVersion, chunkCount: 1, turnCount: 2, wordCount: 2 },
    speakers: ['A', 'B'].map(speaker),
  }),
];
const link = fact('UrlImportRequested', { conversationId: id, url: 'https://example.com/a' });
const receivedText = fact('TranscriptReceived', { conversationId: id, content: stored, format: 'TEXT' });
const receivedRecording = fact('RecordingReceived', {
  ...{ conversationId: id, recording: stored, fileName: null, mediaType: 'audio/mpeg', hasVideo: false, via: 'URL' },
});
const failed = fact('ConversationFailed', { conversationId: id, stage: 'TRANSCRIPTION', code: 'TIMED_OUT' });
const failedIntake = fact('ConversationFailed', { conversationId: id, stage: 'INTAKE', code: 'TIMED_OUT' });
const completed = fact('ConversationCompleted', { conversationId: id });
const withErrors = fact('ConversationCompleted', { conversationId: id, failedInsights: 1 });
const failedExtraction = fact('ConversationFailed', {
  ...{ conversationId: id, stage: 'EXTRACTION', code: 'ANALYST_UNAVAILABLE' },
});
const extracted = emptyExtraction(id, 1);

/** How a conversation may have come to its end. */
const ends: readonly (readonly Fact[])[] = [
  [submitted(stored), failed],
  [submitted(stored), ...recorded(1), completed],
  [submitted(stored), ...recorded(1), failedExtraction],
  [submitted(stored), ...recorded(1), extracted, withErrors],
  [submitted(null), link, failedIntake],
  [submitted(null), link, receivedText, failed],
  [submitted(null), link, receivedText, ...recorded(1), completed],
  [submitted(null), link, receivedRecording, failed],
  [submitted(null), receivedRecording, failed],
  [submitted(null), receivedRecording, ...recorded(1), completed],
  [submitted(null), failedIntake],
];
const stages: readonly Parameters<typeof decideRetry>[1][] = [
  ...[undefined, null],
  ...(['INTAKE', 'TRANSCRIPTION', 'EXTRACTION', 'INSIGHTS', 'SCORING'] as const),
];

describe('a retry', () => {
  it('that is accepted always leads to a step, and a refused one changes nothing', () => {
    const accepted = new Set<string>();
    for (const [facts, stage] of ends.flatMap((end) => stages.map((each) => [end, each] as const))) {
      const ended = fold(facts);
      let retry: Fact[];
      try {
        retry = decideRetry(ended, stage);
      } catch (error) {
        expect(error).toMatchObject({ code: 'NOTHING_TO_RETRY' });
        continue;
      }
      const again = fold(retry, ended);
      accepted.add(nextStep(again));
      expect(again).toMatchObject({ status: 'QUEUED', failure: null });
      expect(again.transcript.isRecorded).toBe(['EXTRACT', 'ANSWER'].includes(nextStep(again)));
      expect(() => decideRetry(again, stage)).toThrow(expect.objectContaining({ code: 'NOT_RETRIABLE_NOW' }));
    }
    const steps = ['ANSWER', 'EXTRACT', 'FETCH_FILE', 'STRUCTURE_TRANSCRIPT', 'TRANSCRIBE'];
    expect([...accepted].sort()).toEqual(steps);
  });

  it('fetches anew from the beginning, and never throws away what was pasted', () => {
    const fetched = fold([submitted(null), link, receivedText, ...recorded(1), completed]);
    expect(nextStep(fold(decideRetry(fetched, 'INTAKE'), fetched))).toBe('FETCH_FILE');
    const pasted = fold([submitted(stored), ...recorded(1), completed]);
    expect(() => decideRetry(pasted, 'INTAKE')).toThrow(expect.objectContaining({ code: 'NOTHING_TO_RETRY' }));
  });

  it('begins where it failed, and with the answers where only some of them did', () => {
    const stageOf = (facts: readonly Fact[]): unknown => decideRetry(fold(facts))[0]?.data;
    expect(stageOf([submitted(stored), ...recorded(1), failedExtraction])).toMatchObject({ fromStage: 'EXTRACTION' });
    expect(stageOf([submitted(stored), ...recorded(1), extracted, withErrors])).toMatchObject({
      fromStage: 'INSIGHTS',
    });
  });

  it('of a later stage keeps the transcript, and looks through one that never was', () => {
    const old = fold([submitted(stored), ...recorded(1), completed]);
    const again = fold(decideRetry(old, 'INSIGHTS'), old);
    expect(again.transcript).toEqual(old.transcript);
    expect(nextStep(again)).toBe('EXTRACT');
    const whole = fold([submitted(stored), ...recorded(1), extracted, completed]);
    expect(nextStep(fold(decideRetry(whole, 'INSIGHTS'), whole))).toBe('ANSWER');
    expect(nextStep(fold(decideRetry(whole, 'EXTRACTION'), whole))).toBe('EXTRACT');
  });

  it('of a recorded transcript begins the next version', () => {
    const ended = fold([submitted(stored), ...recorded(1), completed]);
    expect(fold(decideRetry(ended), ended).transcript).toMatchObject({ version: 2, chunks: 0 });
  });
});

describe('a deletion', () => {
  it('names every chunk of every version, and after it nothing is to be done', () => {
    const before = fold([submitted(stored), ...recorded(1), completed]);
    const again = fold([...decideRetry(before), ...recorded(2)], before);
    const [deleted] = decideDeletion(again);
    const transcripts = [1, 2].map((version) => ({ version, chunkCount: 1 }));
    expect(deleted).toMatchObject({ type: 'ConversationDeleted', data: { transcripts } });
    const after = fold(decideDeletion(again), again);
    expect([nextStep(after), decideDeletion(after)]).toEqual(['NOTHING', []]);
  });
});

describe('a change of properties', () => {
  const fields = [
    { customFieldId: id, key: 'seats', label: 'Seats', type: 'NUMBER', options: [], required: false },
    { customFieldId: id, key: 'note', label: 'Note', type: 'TEXT', options: [], required: false },
  ] as const;
  const anyChange = fc.record(
    {
      title: fc.constantFrom('One', 'Two'),
      medium: fc.constantFrom('CALL' as const, 'CHAT' as const),
      teamId: fc.option(fc.uuid()),
      contactId: fc.option(fc.uuid()),
      ownerId: fc.uuid(),
      tags: fc.option(fc.array(fc.constantFrom('a', 'A ', 'b'))),
      customFields: fc.option(
        fc.record({ seats: fc.option(fc.integer()), note: fc.option(fc.constantFrom('x', 'y')) }, { requiredKeys: [] }),
      ),
      startedAt: fc.option(fc.constantFrom('2026-01-01T00:00:00Z', '2026-01-01T01:00:00+01:00')),
    },
    { requiredKeys: [] },
  );

  it('is made once, keeps what it does not name, and the same again changes nothing', () => {
    fc.assert(
      fc.property(fc.array(anyChange, { maxLength: 5 }), (changes) => {
        let conversation = fold([submitted(stored)]);
        for (const change of changes) {
          const before = conversation;
          conversation = fold(decideChanges(before, change, fields), before);
          const unnamed = Object.entries(before.properties).filter(([name]) => !(name in change));
          expect(conversation.properties).toMatchObject(Object.fromEntries(unnamed));
          expect(decideChanges(conversation, change, fields)).toEqual([]);
        }
      }),
    );
  });

  it('takes away one value of a custom field by null, and values of fields that are gone', () => {
    const change = { customFields: { seats: 3, note: 'x' } };
    const before = fold(decideChanges(fold([submitted(stored)]), change, fields), fold([submitted(stored)]));
    const [withoutNote] = decideChanges(before, { customFields: { note: null } }, fields);
    expect(withoutNote?.data).toMatchObject({ customFields: { seats: 3 } });
    const [withoutSeats] = decideChanges(before, { customFields: {} }, fields.slice(1));
    expect(withoutSeats?.data).toMatchObject({ customFields: { note: 'x' } });
  });
});

describe('a match of a speaker', () => {
  it('is made once, and taken back once', () => {
    const conversation = fold([submitted(stored), ...recorded(1)]);
    const match = { kind: 'NAME', name: 'Ann' } as const;
    const matched = fold(decideMatch(conversation, 'A', match), conversation);
    expect(decideMatch(matched, 'A', { ...match })).toEqual([]);
    expect(decideMatch(matched, 'B', null)).toEqual([]);
    const back = fold(decideMatch(matched, 'A', null), matched);
    expect([back.speakerMatches, decideMatch(back, 'A', null)]).toEqual([{ A: null }, []]);
    expect(() => decideMatch(conversation, 'C', match)).toThrow(expect.objectContaining({ code: 'UNKNOWN_SPEAKER' }));
  });
});
