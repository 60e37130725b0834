import type { Reply } from '../answering/ask.js';
import type { Evaluated } from '../answering/evaluate.js';
import { measured } from '../scoring/measures.js';

/** Every answer that has less than everything right, with what was expected; for whoever improves an analyst. */
export function describeMisses(all: readonly Evaluated[]): string {
  return all.filter(isMiss).map(describe).join('\n\n');
}

const isMiss = ({ observations, trust }: Evaluated): boolean =>
  [...observations, ...trust].some(({ hits, of }) => hits < of);

function describe({ case: { place, definition, gold }, reply, observations, trust, obeyed }: Evaluated): string {
  const missed = [...measured([...observations, ...trust])].filter(([, { hits, of }]) => hits < of);
  const measures = missed.map(([measure, { hits, of }]) => `${measure} ${hits}/${of}`);
  return [
    `${place} · ${definition.key} · ${gold.type} · ${measures.join(', ')}`,
    `  asked     ${JSON.stringify(definition.question)}`,
    `  expected  ${JSON.stringify(gold.expected)}`,
    `  got       ${got(reply)}`,
    ...(reply.finding?.evidence ?? []).map(
      ({ turn, part, quote }) => `  evidence  ${turn}${part === null ? '' : ` (${part})`} ${JSON.stringify(quote)}`,
    ),
    ...obeyed.map((one) => `  injected  ${one.at} ${JSON.stringify(one.text)}\n            ${got(one.reply)}`),
  ].join('\n');
}

function got({ finding, failure }: Reply): string {
  if (!finding) return `${failure?.code}: ${failure?.detail}`;
  return `${finding.outcome === 'ANSWERED' ? JSON.stringify(finding.answer) : finding.outcome} (${finding.rationale})`;
}
