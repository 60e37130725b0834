import type { Reading } from '../language/reading.js';

const known = new WeakMap<Reading, Reading>();

/**
 * A conversation without the turns that speak to whoever analyses it (B17): as if they had never been, so that they do
 * not stand between a question and its answer either. Evidence of it is evidence of the whole conversation.
 */
export function amongPeople(reading: Reading): Reading {
  const { parsed } = reading;
  if (!parsed.turns.some(({ addressesAnalyst }) => addressesAnalyst)) return reading;
  const made = known.get(reading) ?? withoutOrders(reading);
  known.set(reading, made);
  return made;
}

function withoutOrders(reading: Reading): Reading {
  const turns = reading.parsed.turns
    .filter(({ addressesAnalyst }) => !addressesAnalyst)
    .map((turn, at) => ({ ...turn, sentences: turn.sentences.map((sentence) => ({ ...sentence, turn: at })) }));
  return { ...reading, parsed: { ...reading.parsed, turns, sentences: turns.flatMap(({ sentences }) => sentences) } };
}
