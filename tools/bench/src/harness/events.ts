import type { EventToAppend } from '@harmony/event-store';
import { derivedId, newId } from '@harmony/kernel';
import { seededRandom } from './statistics.js';

/** Bytes of an event's data as JSON, as in the measurements that the targets come from. */
export const payloadBytes = 359;
export const eventsPerStream = 20;

const variety = 1_000;
const tenants = Array.from({ length: 8 }, (_, number) => derivedId('bench tenant', number));

/**
 * Makes events of one transcript turn each, {@link payloadBytes} of data. What is measured is not the making: contents
 * are drawn beforehand from the seed, only the ids are new each time.
 */
export function eventMaker(seed: number): (number: number) => EventToAppend {
  const random = seededRandom(seed);
  const prepared = Array.from({ length: variety }, (_, number) => {
    const workspaceId = tenants[Math.floor(random() * tenants.length)] ?? '';
    const conversationId = derivedId('bench conversation', number);
    return { workspaceId, correlationId: conversationId, data: transcriptChunk(conversationId, number, random) };
  });
  return (number) => {
    const { workspaceId, correlationId, data } = prepared[number % variety] ?? {};
    return {
      id: newId(),
      type: 'TranscriptChunkRecorded',
      version: 1,
      occurredAt: '2025-02-03T04:05:06.789Z',
      workspaceId: workspaceId ?? '',
      actor: { kind: 'SYSTEM', id: 'bench' },
      correlationId: correlationId ?? '',
      causationId: correlationId ?? '',
      data,
    };
  };
}

function transcriptChunk(conversationId: string, number: number, random: () => number): unknown {
  const startMs = Math.floor(random() * 3_600_000);
  const endMs = startMs + 500 + Math.floor(random() * 9_000);
  const turn = { index: 0, speaker: number % 2 ? 'A' : 'B', text: '', startMs, endMs };
  const data = { conversationId, transcriptVersion: 1, chunk: number, turns: [turn] };
  turn.text = 'and then she said that '.repeat(20).slice(0, payloadBytes - JSON.stringify(data).length);
  return data;
}
