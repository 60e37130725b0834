import { type EventOf, type Finding, type HarmonyEvent } from '@harmony/contracts';
import { eventsFrom, type Cause, type Fact } from '@harmony/kernel';
import { decideStart, type RecordedAnswer } from '../domain/decide-run.js';
import { evolve, type Insights } from '../domain/insights.js';
import type { CellPlace } from '../domain/run.js';

/** The same id for the same number. */
export const id = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
export const conversationId = id(1);
export const projectId = id(2);
export const [first, second] = [id(10), id(11)];

export const origin = { engine: 'scripted', model: 'script', parameters: {}, templateVersion: '1' };
export const usage = { calls: 1, inputTokens: 10, outputTokens: 2, costMicros: 3 };
export const finding: Finding = {
  ...{ outcome: 'ANSWERED', answer: { type: 'YES_NO', answer: 'YES' } },
  ...{ rationale: 'r', confidence: 1, evidence: [], searched: [] },
};
export const silence: Finding = { outcome: 'NOT_DISCUSSED', rationale: 'r', confidence: 1, evidence: [], searched: [] };

export const inputs = {
  ...{ definition: 'd', knowledge: 'k', language: 'l' },
  ...{ analyst: 'a', transcript: 't', conversation: 'c' },
};

export const answer = (identity = 'a', more: Partial<RecordedAnswer> = {}): RecordedAnswer => ({
  identity: identity.padEnd(64, '0'),
  inputs,
  ...{ finding, origin, usage, durationMs: 1, ...more },
});

const cause = (occurredAt = '2026-01-01T10:20:00.000Z'): Cause => ({
  ...{ causationId: id(99), correlationId: 'c', workspaceId: id(3), occurredAt },
  actor: { kind: 'SYSTEM', id: 'test' },
});

/** The log of one conversation, as deciders change it. */
export class Log {
  readonly events: HarmonyEvent[] = [];

  get state(): Insights | undefined {
    return this.events.reduce<Insights | undefined>(evolve, undefined);
  }

  append(facts: readonly Fact[], occurredAt?: string): this {
    this.events.push(...eventsFrom(cause(occurredAt), `s-${this.events.length}`, facts));
    return this;
  }

  of<Type extends HarmonyEvent['type']>(type: Type): EventOf<Type>[] {
    return this.events.filter((event): event is EventOf<Type> => event.type === type);
  }
}

const cells = (definitions: number) =>
  Array.from({ length: definitions }, (_, index) => ({
    projectId,
    definitionId: id(100 + index),
    definitionVersion: 1,
  }));

export const started = (runId: string, definitions: number) => ({
  ...{ conversationId, runId, kind: 'PIPELINE' as const, revisionId: null, transcriptVersion: 1, extractionVersion: 1 },
  ...{ eligibility: [], cells: cells(definitions) },
});

export const place = (runId: string, index: number): CellPlace => ({
  runId,
  definitionId: id(100 + index),
});

export const begun = (definitions: number, runId = first): Log =>
  new Log().append(decideStart(undefined, started(runId, definitions)));
