import { HarmonyError, revisionOutcomes, revisionStages, type EventDataOf } from '@harmony/contracts';
import type { Fact } from '@harmony/kernel';
import { describe, expect, it } from '@jest/globals';
import {
  decideAttribution,
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
import { versionOf, type ProjectRevisions, type Revision } from './project-revisions.js';
import type { RevisionState } from './revision-state.js';

const definitions = ['d1', 'd2', 'd3'].map((definitionId) => ({ definitionId, definitionVersion: 1 }));
const request = (revisionId: string): Omit<EventDataOf<'RevisionRequested'>, 'number'> => ({
  ...{ revisionId, projectId: 'p', input: null, part: null, projectRevision: 3, analysisRevision: null, definitions },
  previewed: null,
});

const revision = (id: string, state: RevisionState, more: Partial<Revision> = {}): Revision => ({
  ...{ id, requested: { ...request(id), number: 1 }, actor: { kind: 'USER', id: 'u' }, correlationId: 'c' },
  ...{ attempt: 1, touchedAt: 4, ...state, ...more },
});

const project = (...list: Revision[]): ProjectRevisions => ({
  ...{ revisions: list, flippedAt: 2, length: 9 },
  madeLive: list.flatMap(({ id, stage }) => (stage === 'LIVE' ? [{ revisionId: id, place: 2 }] : [])),
});

const counts = { planned: 1, completed: 1, completedWithErrors: 0, failed: 0, skipped: 0 };
const usage = { calls: 0, inputTokens: 0, outputTokens: 0, costMicros: 0 };
const end = { attempt: 1, outcome: 'COMPLETED', counts, usage } as const;
const noneNewer = { newer: { count: 0, conversationIds: [] }, confirmReplacingNewer: false, parked: nothingParked };

const commands: Record<string, (current: ProjectRevisions) => Fact[]> = {
  cancel: (current) => decideCancel(current, 'r'),
  complete: (current) => decideComplete(current, 'r', end),
  retry: (current) => decideRetry(current, 'r'),
  attribute: (current) => decideAttribution(current, 'r', 40),
  publish: (current) => decidePublish(current, 'r', nothingParked),
  'publish a part': (current) =>
    decidePublishPart(current, 'r', { definitionIds: ['d2'], partId: 'part' }, nothingParked),
  'roll back': (current) => decideRollBack(current, 'r', { expectedVersion: 4, parked: nothingParked }),
  'make live': (current) => decideMakeLive(current, 'r', { expectedVersion: 4, ...noneNewer }),
};

/** D2, to the letter; every pair that is not here is refused. */
const allowed: Record<string, readonly string[]> = {
  cancel: ['PROCESSING DRAFT', 'PROCESSING PUBLISHED', 'PROCESSING LIVE', 'PROCESSING SUPERSEDED'],
  complete: ['PROCESSING DRAFT', 'PROCESSING PUBLISHED', 'PROCESSING LIVE', 'PROCESSING SUPERSEDED'],
  retry: ['COMPLETED_WITH_ERRORS DRAFT', 'FAILED DRAFT'],
  attribute: ['COMPLETED', 'COMPLETED_WITH_ERRORS'].flatMap((outcome) =>
    revisionStages.map((stage) => `${outcome} ${stage}`),
  ),
  publish: ['COMPLETED DRAFT', 'COMPLETED_WITH_ERRORS DRAFT'],
  'publish a part': ['COMPLETED DRAFT', 'COMPLETED_WITH_ERRORS DRAFT'],
  'roll back': revisionOutcomes.map((outcome) => `${outcome} LIVE`),
  'make live': revisionOutcomes.flatMap((outcome) => [`${outcome} PUBLISHED`, `${outcome} SUPERSEDED`]),
};

const states = revisionOutcomes.flatMap((outcome) =>
  revisionStages.map((stage): RevisionState => ({ outcome, stage })),
);

const outcomeOf = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    if (error instanceof HarmonyError) return { code: error.code, detail: error.message, facts: error.facts };
    throw error;
  }
};

describe.each(Object.keys(commands))('to %s', (name) => {
  const command = commands[name] ?? (() => []);

  it.each(states)('is decided by D2 for $outcome $stage', (state) => {
    const isAllowed = allowed[name]?.includes(`${state.outcome} ${state.stage}`);
    const decided = outcomeOf(() => command(project(revision('r', state))));
    if (isAllowed) {
      expect(decided).toEqual([expect.objectContaining({ data: expect.objectContaining({ projectId: 'p' }) })]);
      return;
    }
    expect(decided).toMatchObject({ code: 'REVISION_STATE', facts: { ...state } });
    expect((decided as { detail: string }).detail).toContain(`outcome is ${state.outcome}, its stage ${state.stage}`);
  });

  it('is refused for a revision that the project does not have', () => {
    expect(outcomeOf(() => command(project()))).toMatchObject({ code: 'UNKNOWN_REVISION' });
  });
});

const draft = { outcome: 'COMPLETED', stage: 'DRAFT' } as const;
const processing = { outcome: 'PROCESSING', stage: 'DRAFT' } as const;

describe('a request', () => {
  it('is numbered behind those before it', () => {
    const [first] = decideRequest(undefined, request('a'));
    const [third] = decideRequest(project(revision('r', draft), revision('s', draft)), request('b'));
    expect([first, third].map((one) => one?.data)).toEqual([
      expect.objectContaining({ revisionId: 'a', number: 1 }),
      expect.objectContaining({ revisionId: 'b', number: 3 }),
    ]);
  });

  it('is refused while as many as the project may have are under way, and so is a retry', () => {
    const busy = Array.from({ length: maximumProcessing }, (_, index) => revision(`r${index}`, processing));
    const failed = revision('failed', { outcome: 'FAILED', stage: 'DRAFT' });
    const refused = { code: 'REVISION_LIMIT', facts: { limit: 5 } };
    expect(outcomeOf(() => decideRequest(project(...busy), request('x')))).toMatchObject(refused);
    expect(outcomeOf(() => decideRetry(project(...busy, failed), 'failed'))).toMatchObject(refused);
    expect(decideRequest(project(...busy.slice(1), failed), request('x'))).toHaveLength(1);
  });
});

describe('the end of a revision', () => {
  it('does not come from an attempt that is over', () => {
    const current = project(revision('r', processing, { attempt: 2 }));
    expect(outcomeOf(() => decideComplete(current, 'r', end))).toMatchObject({ code: 'REVISION_STATE' });
    expect(decideComplete(current, 'r', { ...end, attempt: 2 })).toHaveLength(1);
  });

  it('publishes a part where it has results', () => {
    const part = { ...request('r'), number: 1, part: { ofRevisionId: 'o', definitionIds: ['d2'] } };
    const current = project(revision('r', processing, { requested: part }));
    const typesOf = (facts: Fact[]): string[] => facts.map(({ type }) => type);
    expect(typesOf(decideComplete(current, 'r', end))).toEqual(['RevisionCompleted', 'RevisionPublished']);
    expect(typesOf(decideComplete(current, 'r', { ...end, outcome: 'FAILED' }))).toEqual(['RevisionCompleted']);
  });
});

describe('a part', () => {
  const publish = (definitionIds: string[]): unknown =>
    outcomeOf(() =>
      decidePublishPart(project(revision('r', draft)), 'r', { definitionIds, partId: 'part' }, nothingParked),
    );

  it('is a revision of its own, as its questions were asked', () => {
    expect(publish(['d3', 'd1', 'd3'])).toEqual([
      {
        type: 'RevisionRequested',
        data: {
          ...{ ...request('part'), number: 2 },
          part: { ofRevisionId: 'r', definitionIds: ['d1', 'd3'] },
        },
      },
    ]);
  });

  it('is the revision itself where it is all of it, and is some of it', () => {
    expect(publish(['d1', 'd2', 'd3'])).toEqual([
      { type: 'RevisionPublished', data: { revisionId: 'r', projectId: 'p' } },
    ]);
    expect(publish(['d1', 'other'])).toMatchObject({ code: 'UNKNOWN_DEFINITION' });
    expect(publish([])).toMatchObject({ code: 'INVALID_INPUT' });
  });
});

describe('to roll a revision back', () => {
  const seen = { expectedVersion: 4, parked: nothingParked };
  const [former, live] = ['SUPERSEDED', 'LIVE'].map((stage, index) =>
    revision(`r${index}`, { outcome: 'COMPLETED', stage } as RevisionState),
  ) as [Revision, Revision];
  const current = {
    ...project(former, live),
    madeLive: [
      { revisionId: 'r0', place: 3 },
      { revisionId: 'r1', place: 4 },
    ],
  };

  it('names what is taken back, and the one that is live again', () => {
    expect(decideRollBack(current, 'r1', seen)).toEqual([
      {
        type: 'RevisionRolledBack',
        data: { revisionId: 'r1', projectId: 'p', madeLiveAt: 4, restoredRevisionId: 'r0' },
      },
    ]);
  });

  it('leaves none live where there was none before', () => {
    const first = { ...project(live), madeLive: current.madeLive.slice(1) };
    expect(decideRollBack(first, 'r1', seen)).toMatchObject([{ data: { madeLiveAt: 4, restoredRevisionId: null } }]);
  });

  it('needs to have seen what is live', () => {
    expect(outcomeOf(() => decideRollBack({ ...current, flippedAt: 7 }, 'r1', seen))).toMatchObject({
      ...{ code: 'REVISION_CHANGED', facts: { version: 7 } },
    });
  });
});

describe('a revision of which readers would not see all', () => {
  const parked = { streams: 2, readModels: ['reporting.reports'] };
  const refused = {
    ...{ code: 'REVISION_PARKED', facts: parked },
    detail: expect.stringMatching(/in reporting\.reports: 2\. .*npm run harmony -- status/),
  };
  const published = { outcome: 'COMPLETED', stage: 'PUBLISHED' } as const;

  it('is neither published, nor a part of it, nor made live', () => {
    const current = project(revision('r', draft), revision('p', published));
    const part = { definitionIds: ['d2'], partId: 'part' };
    const flip = { expectedVersion: 4, ...noneNewer, parked };
    expect(outcomeOf(() => decidePublish(current, 'r', parked))).toMatchObject(refused);
    expect(outcomeOf(() => decidePublishPart(current, 'r', part, parked))).toMatchObject(refused);
    expect(outcomeOf(() => decideMakeLive(current, 'p', flip))).toMatchObject(refused);
  });

  it('has to be in the right state first', () => {
    const wrong = { code: 'REVISION_STATE' };
    expect(outcomeOf(() => decidePublish(project(revision('r', published)), 'r', parked))).toMatchObject(wrong);
    const flip = { expectedVersion: 4, ...noneNewer, parked };
    expect(outcomeOf(() => decideMakeLive(project(revision('r', draft)), 'r', flip))).toMatchObject(wrong);
  });
});

describe('to make a revision live', () => {
  const published = revision('r', { outcome: 'COMPLETED', stage: 'PUBLISHED' });
  const live = revision('l', { outcome: 'COMPLETED', stage: 'LIVE' });
  const flip = (current: ProjectRevisions, more: object = {}): unknown =>
    outcomeOf(() => decideMakeLive(current, 'r', { expectedVersion: 4, ...noneNewer, ...more }));

  it('names the one that it supersedes', () => {
    expect(flip(project(published, live))).toEqual([
      { type: 'RevisionMadeLive', data: { revisionId: 'r', projectId: 'p', supersededRevisionId: 'l' } },
    ]);
  });

  it('needs to have seen it as it is, and what is live', () => {
    const current = { ...project(published, live), flippedAt: 7 };
    expect(versionOf(current, published)).toBe(7);
    expect(flip(current)).toMatchObject({ code: 'REVISION_CHANGED', facts: { version: 7 } });
    expect(flip(current, { expectedVersion: 7 })).toHaveLength(1);
  });

  it('needs a confirmation where newer results are replaced, and says so for ever', () => {
    const newer = { count: 3, conversationIds: ['c1', 'c2'] };
    expect(flip(project(published), { newer })).toMatchObject({
      ...{ code: 'REVISION_REPLACES_NEWER', facts: { count: 3, conversationIds: ['c1', 'c2'] } },
    });
    expect(flip(project(published), { newer, confirmReplacingNewer: true })).toEqual([
      {
        type: 'RevisionMadeLive',
        data: { revisionId: 'r', projectId: 'p', supersededRevisionId: null, replacedNewer: 3 },
      },
    ]);
  });
});
