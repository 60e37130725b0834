import { type EventDataOf, HarmonyError, type HarmonyEvent, type RevisionStage } from '@harmony/contracts';
import { eventsFrom, type Fact } from '@harmony/kernel';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  decideCancel,
  decideComplete,
  decideMakeLive,
  decidePublish,
  decidePublishPart,
  decideRequest,
  decideRetry,
  decideRollBack,
  maximumProcessing,
  nothingParked,
} from './decide.js';
import { evolve, liveIdOf, revisionOf, versionOf, type ProjectRevisions } from './project-revisions.js';

type Decision = (current: ProjectRevisions | undefined) => Fact[];
type Completed = EventDataOf<'RevisionCompleted'>;

/** Few are busy, so that some go through all of it. */
const ids = fc.oneof({ weight: 5, arbitrary: fc.constantFrom('a', 'b') }, fc.constantFrom('c', 'd', 'e', 'f', 'g'));
const outcomes = fc.constantFrom<Completed['outcome']>(
  ...(['COMPLETED', 'COMPLETED', 'COMPLETED_WITH_ERRORS', 'FAILED', 'NO_CONVERSATIONS'] as const),
);
const counts = { planned: 1, completed: 1, completedWithErrors: 0, failed: 0, skipped: 0 };
const usage = { calls: 0, inputTokens: 0, outputTokens: 0, costMicros: 0 };
const definitions = ['d1', 'd2'].map((definitionId) => ({ definitionId, definitionVersion: 1 }));

/** Twice the same id does not happen: ids derive from commands, and a repeated command decides nothing. */
const request =
  (id: string): Decision =>
  (current) =>
    revisionOf(current, id)
      ? []
      : decideRequest(current, {
          ...{ revisionId: id, projectId: 'p', input: null, part: null, previewed: null, definitions },
          ...{ projectRevision: 0, analysisRevision: null },
        });

const flip =
  (id: string, confirmReplacingNewer: boolean): Decision =>
  (current) => {
    const expectedVersion = versionOfId(current, id);
    const newer = { count: 2, conversationIds: [] };
    return decideMakeLive(current, id, { expectedVersion, confirmReplacingNewer, newer, parked: nothingParked });
  };

const versionOfId = (current: ProjectRevisions | undefined, id: string): number => {
  const revision = revisionOf(current, id);
  return current && revision ? versionOf(current, revision) : 0;
};

const rollBack =
  (id: string): Decision =>
  (current) =>
    decideRollBack(current, id, { expectedVersion: versionOfId(current, id), parked: nothingParked });

/** Any command with any arguments, many of them refused. */
const decisions: fc.Arbitrary<Decision> = fc.oneof(
  ids.map(request),
  fc.tuple(ids, outcomes, fc.constantFrom(1, 1, 1, 2)).map(
    ([id, outcome, attempt]): Decision =>
      (current) =>
        decideComplete(current, id, { outcome, attempt, counts, usage }),
  ),
  ids.map(
    (id): Decision =>
      (current) =>
        decideCancel(current, id),
  ),
  ids.map(
    (id): Decision =>
      (current) =>
        decideRetry(current, id),
  ),
  ids.map(
    (id): Decision =>
      (current) =>
        decidePublish(current, id, nothingParked),
  ),
  fc.tuple(ids, fc.constantFrom('y', 'z')).map(
    ([id, partId]): Decision =>
      (current) =>
        revisionOf(current, partId)
          ? []
          : decidePublishPart(current, id, { definitionIds: ['d1'], partId }, nothingParked),
  ),
  fc.tuple(fc.oneof(ids, fc.constantFrom('y', 'z')), fc.boolean()).map(([id, isSure]) => flip(id, isSure)),
  ids.map(rollBack),
);

const cause = {
  ...{ causationId: 'cause', correlationId: 'c', workspaceId: 'w', occurredAt: '2026-01-01T00:00:00.000Z' },
  actor: { kind: 'USER', id: 'u' } as const,
};

function decided(decision: Decision, current: ProjectRevisions | undefined): HarmonyEvent[] {
  try {
    return eventsFrom(cause, 's', decision(current));
  } catch (error) {
    if (error instanceof HarmonyError) return [];
    throw error;
  }
}

/** Every state that a project went through, one for each event. */
function lifeOf(list: readonly Decision[]): { events: HarmonyEvent[]; states: ProjectRevisions[] } {
  const events: HarmonyEvent[] = [];
  const states: ProjectRevisions[] = [];
  for (const decision of list) {
    for (const event of decided(decision, states.at(-1))) {
      const after = evolve(states.at(-1), event);
      if (!after) throw new Error('An event of revisions was not folded.');
      events.push(event);
      states.push(after);
    }
  }
  return { events, states };
}

/** What takes a revision from the request to the reports. */
const risen = (id: string): Decision[] => [
  request(id),
  (current) => decideComplete(current, id, { outcome: 'COMPLETED', attempt: 1, counts, usage }),
  (current) => decidePublish(current, id, nothingParked),
  flip(id, true),
];
const opening = [...risen('a'), ...risen('b')];

/** Long enough that most revisions get somewhere, and begun so that some are in force and superseded in every run. */
const lives = fc
  .tuple(fc.nat(opening.length), fc.array(decisions, { minLength: 60, maxLength: 120, size: 'max' }))
  .map(([begun, list]) => lifeOf([...opening.slice(0, begun), ...list]));

const stagesOf = (states: readonly ProjectRevisions[], id: string): RevisionStage[] => {
  const all = states.flatMap((state) => revisionOf(state, id)?.stage ?? []);
  return all.filter((stage, index) => stage !== all[index - 1]);
};

const idsOf = (states: readonly ProjectRevisions[]): string[] => (states.at(-1)?.revisions ?? []).map(({ id }) => id);

const check = (holds: (life: ReturnType<typeof lifeOf>) => void): void =>
  fc.assert(fc.property(lives, holds), { numRuns: 100 });

describe('whatever is done to the revisions of a project', () => {
  it('at most one of them is live, and it is the one that the project names', () => {
    check(({ states }) => {
      for (const state of states) {
        const live = state.revisions.filter(({ stage }) => stage === 'LIVE').map(({ id }) => id);
        expect([live.at(0) ?? null, live.length]).toEqual([liveIdOf(state), liveIdOf(state) === null ? 0 : 1]);
      }
    });
  });

  it('a roll-back leads to what was before the flip that it takes back', () => {
    let rolledBack = 0;
    check(({ events, states }) => {
      events.forEach((event, index) => {
        if (event.type !== 'RevisionRolledBack') return;
        rolledBack += 1;
        const { madeLiveAt, restoredRevisionId } = event.data;
        expect(events[madeLiveAt]).toMatchObject({
          type: 'RevisionMadeLive',
          data: { revisionId: event.data.revisionId },
        });
        const [before, after] = [states[madeLiveAt - 1], states[index]];
        expect(after?.madeLive).toEqual(before?.madeLive);
        expect(restoredRevisionId).toBe(before ? liveIdOf(before) : null);
      });
    });
    expect(rolledBack).toBeGreaterThan(0);
  });

  it('each goes from draft to published to live, and between live and superseded', () => {
    const follows: Record<RevisionStage, RevisionStage[]> = {
      ...{ DRAFT: ['PUBLISHED'], PUBLISHED: ['LIVE'], LIVE: ['SUPERSEDED'], SUPERSEDED: ['LIVE'] },
    };
    let flips = 0;
    check(({ states }) => {
      for (const id of idsOf(states)) {
        const stages = stagesOf(states, id);
        expect(stages[0]).toBe('DRAFT');
        for (const [index, stage] of stages.slice(1).entries())
          expect(follows[stages[index] ?? 'DRAFT']).toContain(stage);
        if (stages.includes('SUPERSEDED')) flips += 1;
      }
    });
    expect(flips).toBeGreaterThan(0);
  });

  it('nothing is shown to readers that is under way, failed or was cancelled', () => {
    check(({ states }) => {
      for (const { revisions } of states)
        for (const { stage, outcome } of revisions.values())
          if (stage !== 'DRAFT') expect(['COMPLETED', 'COMPLETED_WITH_ERRORS']).toContain(outcome);
    });
  });

  it('as many as may be are under way, and their numbers count without a gap', () => {
    check(({ states }) => {
      for (const { revisions } of states) {
        const processing = revisions.filter(({ outcome }) => outcome === 'PROCESSING');
        expect(processing.length).toBeLessThanOrEqual(maximumProcessing);
        expect(revisions.map(({ requested }) => requested.number)).toEqual(revisions.map((_, index) => index + 1));
      }
    });
  });

  it('whoever was replaced is named, and versions only grow', () => {
    check(({ events, states }) => {
      events.forEach((event, index) => {
        const [before, after] = [states[index - 1], states[index]];
        if (event.type === 'RevisionMadeLive')
          expect(event.data.supersededRevisionId).toBe(before ? liveIdOf(before) : null);
        for (const revision of before?.revisions ?? []) {
          const later = revisionOf(after, revision.id);
          if (before && after && later)
            expect(versionOf(after, later)).toBeGreaterThanOrEqual(versionOf(before, revision));
        }
      });
    });
  });
});
