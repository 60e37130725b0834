import type { HarmonyEvent } from '@harmony/contracts';
import type { SampleStep } from './wish.js';

/** A stream that is being written: how many events it has. */
export interface OpenStream {
  readonly id: string;
  events: number;
}

export const openStream = (id: string, events = 0): OpenStream => ({ id, events });

/** The step that adds these; moves the stream on. */
export function append(stream: OpenStream, events: readonly HarmonyEvent[]): SampleStep {
  const expected = stream.events === 0 ? 'none' : stream.events - 1;
  stream.events += events.length;
  return { kind: 'APPEND', streamId: stream.id, expected, events };
}
