import type { HarmonyEvent } from '@harmony/contracts';
import { eventsFrom, fact, type Cause, type Fact } from '@harmony/kernel';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decideAttempt, decideAttemptFailure, decideFailure, decidePrepared } from './decide.js';
import { evolve, nextStep, type Transcription } from './transcription.js';

const conversationId = '3f0c5d1e-0014-4a2b-8c4d-7e6f5a4b3c2d';
const object = { key: 'a/b', bytes: 1, sha256: '0'.repeat(64) };
const startedAt = '2026-01-01T00:00:00.000Z';
const later = new Date('2026-01-01T00:00:05.000Z');

const submitted = fact('ConversationSubmitted', {
  ...{ conversationId, source: 'RECORDING', title: 'A call', medium: 'CALL', teamId: null, contactId: null },
  ...{ ownerId: conversationId, createdBy: conversationId, tags: [], customFields: {}, content: null },
});
const received = fact('RecordingReceived', {
  ...{ conversationId, recording: object, fileName: null, mediaType: 'audio/mpeg', hasVideo: false, via: 'UPLOAD' },
});
const prepared = {
  ...{ conversationId, durationMs: 1, channels: 1, container: 'mp3', codec: 'mp3', peaks: object },
  ...{ audio: [{ channel: 0, object }], rendition: { object, mediaType: 'audio/mpeg' } },
};
const retried = (fromStage: 'INTAKE' | 'TRANSCRIPTION' | 'EXTRACTION'): Fact =>
  fact('ConversationRetried', { conversationId, fromStage });

const cause: Cause = {
  ...{ causationId: 'cause', correlationId: 'request', workspaceId: conversationId, occurredAt: startedAt },
  actor: { kind: 'SYSTEM', id: 'test' },
};
const folded = (facts: readonly Fact[]): Transcription | undefined =>
  eventsFrom(cause, 'stream', facts).reduce<Transcription | undefined>(
    (state, event: HarmonyEvent) => evolve(state, event),
    undefined,
  );
const stepAfter = (...facts: readonly Fact[]): string => {
  const state = folded([submitted, ...facts]);
  return state ? nextStep(state) : 'NONE';
};

describe('a recording on its way to a transcript', () => {
  it('is prepared, then transcribed', () => {
    expect(stepAfter()).toBe('NOTHING');
    expect(stepAfter(received)).toBe('PREPARE');
    expect(stepAfter(received, fact('RecordingPrepared', prepared))).toBe('TRANSCRIBE');
  });

  it('is nobody’s work once it failed or was deleted, until somebody retries it', () => {
    const failed = fact('ConversationFailed', { conversationId, stage: 'TRANSCRIPTION', code: 'MEDIA_BROKEN' });
    const ready = fact('RecordingPrepared', prepared);
    expect(stepAfter(received, failed)).toBe('NOTHING');
    expect(stepAfter(received, failed, retried('TRANSCRIPTION'))).toBe('PREPARE');
    expect(stepAfter(received, ready, failed, retried('TRANSCRIPTION'))).toBe('TRANSCRIBE');
    expect(stepAfter(received, ready, failed, retried('INTAKE'))).toBe('NOTHING');
    expect(stepAfter(received, fact('ConversationDeleted', { conversationId, transcripts: [] }))).toBe('NOTHING');
  });

  it('is not prepared by a run that still works on an earlier recording', () => {
    const state = folded([submitted, received]);
    expect(decidePrepared(state, { ...object, sha256: '1'.repeat(64) }, prepared)).toEqual([]);
    expect(decidePrepared(state, object, prepared)).toHaveLength(1);
  });

  it('keeps its transcript when a later stage is retried', () => {
    const recorded = fact('TranscriptRecorded', {
      ...{ conversationId, transcriptVersion: 1, chunkCount: 0, turnCount: 0, wordCount: 0, speakers: [] },
    });
    const whole = [received, fact('RecordingPrepared', prepared), recorded];
    expect(stepAfter(...whole, retried('EXTRACTION'))).toBe('NOTHING');
    expect(stepAfter(...whole, retried('TRANSCRIPTION'))).toBe('TRANSCRIBE');
  });

  it('tells how long a try took, by clocks that may jump', () => {
    const running = folded([submitted, received, ...decideAttempt(folded([submitted, received]), 'PREPARE')]);
    const [ended] = decideAttemptFailure(running, 'PREPARE', 'MEDIA_TOOL_KILLED', later);
    expect(ended?.data).toMatchObject({ attempt: 1, durationMs: 5_000, willRetry: true });
    const [jumped] = decideAttemptFailure(running, 'PREPARE', 'MEDIA_TOOL_KILLED', new Date('2025-01-01'));
    expect(jumped?.data).toMatchObject({ durationMs: 0 });
  });

  it('is prepared once and fails once, and its tries begin, end and count one by one, whatever is decided again', () => {
    const step = fc.constantFrom('begin', 'end', 'prepare', 'fail', 'retry');
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        const facts: Fact[] = [submitted, received];
        for (const next of steps) {
          const now = folded(facts);
          if (next === 'begin') facts.push(...decideAttempt(now, 'PREPARE'));
          if (next === 'end') facts.push(...decideAttemptFailure(now, 'PREPARE', 'MEDIA_TOOL_KILLED', later));
          if (next === 'prepare') facts.push(...decidePrepared(now, object, prepared));
          if (next === 'fail') facts.push(...decideFailure(now, 'PREPARE', 'MEDIA_BROKEN', later));
          if (next === 'retry' && now?.isOver) facts.push(retried('TRANSCRIPTION'));
        }
        const of = (type: Fact['type']): Fact[] => facts.filter((one) => one.type === type);
        expect(of('RecordingPrepared').length).toBeLessThanOrEqual(1);
        expect(of('ConversationFailed').length - of('ConversationRetried').length).toBeLessThanOrEqual(1);
        const begun = of('StageStarted').map(({ data }) => (data as { attempt: number }).attempt);
        expect(begun).toEqual(begun.map((_, index) => index + 1));
        const tries = facts.filter(({ type }) => type === 'StageStarted' || type === 'StageAttemptFailed');
        tries.forEach(({ type }, index) => expect(type).toBe(index % 2 === 0 ? 'StageStarted' : 'StageAttemptFailed'));
      }),
    );
  });
});
