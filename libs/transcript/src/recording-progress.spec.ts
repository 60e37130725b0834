import type { HarmonyEvent } from '@harmony/contracts';
import { eventsFrom, newId, type Fact, fact } from '@harmony/kernel';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { evolveProgress, nextTranscriptVersion, noProgress, type RecordingProgress } from './recording-progress.js';

const conversationId = newId();
const revisionId = newId();
const after = (facts: readonly Fact[], progress: RecordingProgress = noProgress): RecordingProgress =>
  eventsFrom(
    {
      ...{ causationId: newId(), correlationId: 'request', workspaceId: conversationId },
      ...{ actor: { kind: 'SYSTEM', id: 'test' }, occurredAt: '2026-01-01T00:00:00.000Z' },
    },
    `conversation-${conversationId}`,
    facts,
  ).reduce((current: RecordingProgress, event: HarmonyEvent) => evolveProgress(current, event), progress);

const recorded = { chunkCount: 1, turnCount: 0, wordCount: 0, speakers: [] };
const own = (transcriptVersion: number): Fact[] => [
  fact('TranscriptChunkRecorded', { conversationId, transcriptVersion, chunk: 0, turns: [] }),
  fact('TranscriptRecorded', { conversationId, transcriptVersion, ...recorded }),
];
const rerun = (transcriptVersion: number, runId: string): Fact[] => [
  fact('RerunTranscriptChunkRecorded', { conversationId, transcriptVersion, chunk: 0, turns: [], revisionId, runId }),
  fact('RerunTranscriptRecorded', { conversationId, transcriptVersion, ...recorded, revisionId, runId }),
];
const retried = fact('ConversationRetried', { conversationId, fromStage: 'TRANSCRIPTION' });

/** What is to be recorded next of a transcript, and its number; nothing for one that is whole. */
function nextOf(progress: RecordingProgress, runId: string | undefined): [Fact | undefined, number] {
  const making = runId === undefined ? progress : progress.reruns.get(runId);
  const version = making?.version ?? nextTranscriptVersion(progress);
  const facts = runId === undefined ? own(version) : rerun(version, runId);
  return [making?.isRecorded ? undefined : facts[making?.chunks ?? 0], version];
}

describe('numbers of transcripts', () => {
  it('are never given twice, whatever a conversation and its revisions do in whatever order', () => {
    const step = fc.oneof(
      fc.constant({ kind: 'RETRY' as const }),
      fc.record({ kind: fc.constant('OWN' as const) }),
      fc.record({ kind: fc.constant('RERUN' as const), run: fc.nat(2) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const runs = [newId(), newId(), newId()];
        const owners = new Map<number, string>();
        let progress = noProgress;
        for (const { kind, ...one } of steps) {
          if (kind === 'RETRY') progress = after([retried], progress);
          else {
            const runId = 'run' in one ? runs[one.run] : undefined;
            const [next, version] = nextOf(progress, runId);
            if (!next) continue;
            progress = after([next], progress);
            const owner = runId ?? `own-${progress.cause}`;
            expect({ version, owner: owners.get(version) ?? owner }).toEqual({ version, owner });
            owners.set(version, owner);
          }
        }
        expect(progress.chunkCounts.map(({ version }) => version).toSorted()).toEqual([...owners.keys()].toSorted());
      }),
    );
  });

  it('of a transcript that is asked for but not begun make way for one of a revision', () => {
    const asked = after([...own(1), retried]);
    expect(asked).toMatchObject({ version: 2, chunks: 0, isRecorded: false });
    expect(after(rerun(2, newId()), asked)).toMatchObject({ version: 3, chunks: 0, isRecorded: false });
  });

  it('of a transcript that is begun stay', () => {
    const [chunk] = own(2);
    const begun = after([...own(1), retried, ...(chunk ? [chunk] : [])]);
    expect(after(rerun(3, newId()), begun)).toMatchObject({ version: 2, chunks: 1, isRecorded: false });
  });
});

it('a transcript of a revision is not the one of its conversation', () => {
  const runId = newId();
  const progress = after([...own(1), ...rerun(2, runId)]);
  expect(progress).toMatchObject({ version: 1, chunks: 1, isRecorded: true });
  expect(progress.reruns.get(runId)).toEqual({ revisionId, version: 2, chunks: 1, isRecorded: true });
  expect(progress.chunkCounts).toEqual([
    { version: 1, chunkCount: 1 },
    { version: 2, chunkCount: 1 },
  ]);
});
