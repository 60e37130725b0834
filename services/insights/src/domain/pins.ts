import type { HarmonyEvent } from '@harmony/contracts';
import { fact, type Fact } from '@harmony/kernel';

/** The projects that somebody keeps at hand, folded from `pin-<userId>`. */
export type Pins = ReadonlySet<string>;

/** One person's pin of one project. */
export interface Pin {
  readonly userId: string;
  readonly projectId: string;
}

/** The pins after one more event. */
export function evolve(pins: Pins | undefined, event: HarmonyEvent): Pins {
  const after = new Set(pins);
  if (event.type === 'ProjectPinned') after.add(event.data.projectId);
  if (event.type === 'ProjectUnpinned') after.delete(event.data.projectId);
  return after;
}

/** Nothing for what is so already. */
export const decidePin = (pins: Pins | undefined, pin: Pin): Fact[] =>
  pins?.has(pin.projectId) ? [] : [fact('ProjectPinned', pin)];

/** Nothing for what is so already. */
export const decideUnpin = (pins: Pins | undefined, pin: Pin): Fact[] =>
  pins?.has(pin.projectId) ? [fact('ProjectUnpinned', pin)] : [];
