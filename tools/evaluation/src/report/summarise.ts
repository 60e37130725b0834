import { insightTypes, type InsightType } from '@harmony/contracts';
import type { Evaluated } from '../answering/evaluate.js';
import { measured, type Measured } from '../scoring/measures.js';

/** One line of the table: all answers of a type. */
export interface TypeSummary {
  readonly type: InsightType;
  readonly answers: number;
  /** By the name of the measure; the main one of the type is the first. */
  readonly measures: Readonly<Record<string, Measured>>;
  readonly evidenceValid: Measured;
  readonly evidenceHit: Measured;
  readonly notDiscussed: number;
  readonly failed: number;
  /** How often each code was the reason of a failure. */
  readonly failures: Readonly<Record<string, number>>;
  readonly medianMs: number;
  readonly totalMs: number;
  readonly tokens: number;
  readonly costMicros: number;
}

export interface Summary {
  readonly types: readonly TypeSummary[];
  /** Every measure by its full name, for instance `COMPETITORS.f1` or `evidence.valid`. */
  readonly measures: ReadonlyMap<string, Measured>;
}

const none: Measured = { value: null, hits: 0, of: 0 };

/** Sums up what was evaluated, by type and in all. */
export function summarise(all: readonly Evaluated[]): Summary {
  const types = insightTypes.flatMap((type) => {
    const ofType = all.filter((one) => one.case.gold.type === type);
    return ofType.length === 0 ? [] : [summariseType(type, ofType)];
  });
  const shared = measured(
    all.flatMap(({ observations, trust }) => [
      ...observations.filter(({ measure }) => measure.startsWith('evidence.')),
      ...trust,
    ]),
  );
  const own = types.flatMap(({ type, measures }) =>
    Object.entries(measures).map(([name, value]) => [`${type}.${name}`, value] as const),
  );
  return { types, measures: new Map([...own, ...shared]) };
}

function summariseType(type: InsightType, all: readonly Evaluated[]): TypeSummary {
  const {
    'evidence.valid': evidenceValid = none,
    'evidence.hit': evidenceHit = none,
    ...measures
  } = Object.fromEntries(measured(all.flatMap(({ observations }) => observations)));
  const replies = all.map(({ reply }) => reply);
  const times = replies.map(({ durationMs }) => durationMs).sort((a, b) => a - b);
  const failures: Record<string, number> = {};
  for (const { failure } of replies) if (failure) failures[failure.code] = (failures[failure.code] ?? 0) + 1;
  const sum = (number: (reply: (typeof replies)[number]) => number): number =>
    replies.reduce((total, reply) => total + number(reply), 0);
  return {
    type,
    answers: all.length,
    measures,
    evidenceValid,
    evidenceHit,
    notDiscussed: sum(({ finding }) => (finding?.outcome === 'NOT_DISCUSSED' ? 1 : 0)),
    failed: sum(({ failure }) => (failure ? 1 : 0)),
    failures,
    medianMs: times[Math.floor(times.length / 2)] ?? 0,
    totalMs: sum(({ durationMs }) => durationMs),
    tokens: sum(({ usage }) => usage.inputTokens + usage.outputTokens),
    costMicros: sum(({ usage }) => usage.costMicros),
  };
}
