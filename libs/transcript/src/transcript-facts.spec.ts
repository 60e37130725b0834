import type { HarmonyEvent } from '@harmony/contracts';
import { eventsFrom, type Cause, type Fact } from '@harmony/kernel';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { structureTranscript } from './pasted/structure-transcript.js';
import { transcriptFacts, writtenOrigin } from './transcript-facts.js';

const id = '3f0c5d1e-0014-4a2b-8c4d-7e6f5a4b3c2d';
const cause: Cause = {
  causationId: 'cause',
  correlationId: 'request',
  workspaceId: id,
  actor: { kind: 'SYSTEM', id: 'ingestion' },
  occurredAt: '2026-01-01T00:00:00.000Z',
};
const events = (facts: readonly Fact[]): HarmonyEvent[] => eventsFrom(cause, `conversation-${id}`, facts);
const factsOf = (transcript: ReturnType<typeof structureTranscript>): Fact[] =>
  transcriptFacts({ conversationId: id, transcriptVersion: 1 }, transcript, writtenOrigin('TEXT'));

describe('the facts of a transcript', () => {
  it('hold every turn once and in order, each event far below what an append takes', () => {
    const line = fc.tuple(fc.constantFrom('Anna: ', 'Bob: ', ''), fc.string({ unit: 'binary', maxLength: 40_000 }));
    fc.assert(
      fc.property(fc.array(line, { maxLength: 40 }), fc.boolean(), (lines, manyShort) => {
        const text =
          lines.map(([name, words]) => name + words).join('\n') + (manyShort ? '\nAnna: x'.repeat(2_500) : '');
        const structured = structureTranscript(text);
        const facts = factsOf(structured);
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
    const last = events(factsOf(structureTranscript(text))).at(-1);
    expect(last).toMatchObject({ type: 'TranscriptRecorded' });
    expect(Buffer.byteLength(JSON.stringify(last))).toBeLessThan(450_000);
  });
});
