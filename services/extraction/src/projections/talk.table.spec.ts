import type { EventOf } from '@harmony/contracts';
import { logStart } from '@harmony/event-store';
import { eventsFrom, fact } from '@harmony/kernel';
import { rowAfter, type Row, type RowFold } from '@harmony/read-model';
import type { Turn } from '@harmony/transcript';
import { expect, it } from '@jest/globals';
import { countTurn } from '../domain/talk.js';
import { talk } from './talk.table.js';

const conversationId = '00000000-0000-4000-8000-000000000001';
const cause = {
  ...{ workspaceId: conversationId, causationId: 'c', correlationId: 'c', occurredAt: '2026-01-01T00:00:00.000Z' },
  actor: { kind: 'SYSTEM', id: 'test' } as const,
};
const turn = (index: number, text: string): Turn => ({ index, speaker: 'A', text, startMs: null, endMs: null });

/** The row after these chunks: of which transcript, which one of it, and its turns. */
function rowOf(...chunks: readonly (readonly [version: number, chunk: number, turns: readonly Turn[]])[]) {
  const recorded = talk.on.TranscriptChunkRecorded as RowFold<EventOf<'TranscriptChunkRecorded'>>;
  return chunks.reduce<Row | undefined>((row, [transcriptVersion, chunk, turns]) => {
    const said = fact('TranscriptChunkRecorded', { conversationId, transcriptVersion, chunk, turns: [...turns] });
    const [event] = eventsFrom(cause, 'stream', [said]) as EventOf<'TranscriptChunkRecorded'>[];
    if (!event) throw new Error('There is one event.');
    return rowAfter(recorded, row, { event, revision: 0, streamId: 'stream', position: logStart }, [conversationId]);
  }, undefined);
}

const [first, second, other] = [turn(0, 'One?'), turn(1, 'Two three.'), turn(0, 'Four five six.')];

it('what is counted is that of every chunk of a transcript, in their order, and without its words', () => {
  const row = rowOf([1, 0, [first]], [1, 1, [second]]);
  expect(row).toMatchObject({ transcript_version: 1, turns: [first, second].map(countTurn) });
  expect(JSON.stringify(row)).not.toContain('One');
});

it('another transcript takes the place of the one before, and nothing of that comes in again', () => {
  const anew = { transcript_version: 2, turns: [countTurn(other)] };
  expect(rowOf([1, 0, [first]], [1, 1, [second]], [2, 0, [other]])).toMatchObject(anew);
  expect(rowOf([2, 0, [other]], [1, 1, [second]])).toMatchObject(anew);
});
