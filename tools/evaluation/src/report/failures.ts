import type { Finding } from '@harmony/contracts';
import type { Evaluated } from '../answering/evaluate.js';

/** Every answer that has less than everything right, with what was expected; for whoever improves an analyst. */
export function describeMisses(all: readonly Evaluated[]): string {
  return all.filter(isMiss).map(describe).join('\n\n');
}

const isMiss = ({ observations, trust }: Evaluated): boolean =>
  [...observations, ...trust].some(({ hits, of }) => hits < of);

function describe({ case: { place, definition, gold }, reply, observations, trust }: Evaluated): string {
  const missed = [...observations, ...trust].filter(({ hits, of }) => hits < of);
  const measures = [...new Set(missed.map(({ measure }) => measure))].map((measure) => {
    const same = missed.filter((one) => one.measure === measure);
    const all = [...observations, ...trust].filter((one) => one.measure === measure);
    const sum = (one: 'hits' | 'of'): number => all.reduce((total, { [one]: value }) => total + value, 0);
    return same.length > 0 ? `${measure} ${sum('hits')}/${sum('of')}` : measure;
  });
  return [
    `${place} · ${definition.key} · ${gold.type} · ${measures.join(', ')}`,
    `  asked     ${JSON.stringify(definition.question)}`,
    `  expected  ${JSON.stringify(gold.expected)}`,
    `  got       ${reply.finding ? got(reply.finding) : `${reply.failure?.code}: ${reply.failure?.detail}`}`,
    ...(reply.finding?.evidence ?? []).map(
      ({ turn, part, quote }) => `  evidence  ${turn}${part === null ? '' : ` (${part})`} ${JSON.stringify(quote)}`,
    ),
  ].join('\n');
}

const got = (finding: Finding): string =>
  `${finding.outcome === 'ANSWERED' ? JSON.stringify(finding.answer) : finding.outcome} (${finding.rationale})`;
