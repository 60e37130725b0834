import { decodeEvent, insightTypes, type HarmonyEvent } from '@harmony/contracts';
import { derivedId } from '@harmony/kernel';
import { describe, expect, it } from '@jest/globals';
import { isDeepStrictEqual } from 'node:util';
import { sampleLog } from './sample-log.js';
import type { SampleStep, SampleWish } from './wish.js';

const wish = (more: Partial<SampleWish> = {}): SampleWish => ({
  ...{ seed: 7, workspaceId: derivedId('sample', 'workspace'), founderId: derivedId('sample', 'founder') },
  ...{ conversations: 250, definitions: 13, projects: 3, days: 40, until: '2026-06-01T00:00:00.000Z', restlessness: 1 },
  ...more,
});

const stepsOf = (more?: Partial<SampleWish>): SampleStep[] => [...sampleLog(wish(more)).steps];
const eventsIn = (steps: readonly SampleStep[]): HarmonyEvent[] =>
  steps.flatMap((step) => (step.kind === 'APPEND' ? step.events : []));

describe('the log of a sample workspace', () => {
  const steps = stepsOf();
  const events = eventsIn(steps);

  it('holds events that their contracts take as they are', () => {
    expect(events.filter((event) => !isDeepStrictEqual(decodeEvent(event), event))).toEqual([]);
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
  });

  it('is the same for the same wish, and another for another seed or workspace', () => {
    expect(JSON.stringify(stepsOf())).toBe(JSON.stringify(steps));
    const known = new Set(events.map(({ id }) => id));
    for (const other of [{ seed: 8 }, { workspaceId: derivedId('another', 'workspace') }]) {
      expect(eventsIn(stepsOf(other)).filter(({ id }) => known.has(id))).toEqual([]);
    }
  });

  it('appends to each stream at the revision that it has, and never to one that was deleted', () => {
    const streams = new Map<string, number>();
    for (const step of steps) {
      const before = streams.get(step.streamId) ?? 0;
      if (step.kind === 'DELETE_STREAM') streams.set(step.streamId, Number.NaN);
      else {
        expect(step.events).not.toHaveLength(0);
        expect(step.expected).toBe(before === 0 ? 'none' : before - 1);
        streams.set(step.streamId, before + step.events.length);
      }
    }
  });

  it('knows all types of definitions, and everything that may happen', () => {
    const asked = new Set(events.map((event) => (event.type === 'DefinitionCreated' ? event.data.question.type : '')));
    expect([...asked]).toEqual(expect.arrayContaining([...insightTypes]));
    expect([...new Set(events.map(({ type }) => type))]).toEqual(
      expect.arrayContaining([
        ...['ConversationChanged', 'ConversationRetried', 'ConversationDeleted', 'InsightsErased', 'RevisionMadeLive'],
        ...['RevisionRequested', 'RevisionBatchPlanned', 'RevisionPlanned', 'RevisionCompleted', 'RevisionPublished'],
        ...['RevisionRetried', 'InsightFailed', 'InsightDropped', 'InsightCarriedOver', 'DefinitionEdited'],
        ...[
          'DefinitionDeactivated',
          'DefinitionRemoved',
          'DefinitionsReordered',
          'ProjectChanged',
          'GoalSet',
          'GoalRemoved',
          'ScoresEvaluated',
        ],
      ]),
    );
  });

  it('puts revisions in force only that are complete and published, all of which were asked for and planned', () => {
    const seen = new Map<string, string[]>();
    for (const event of events) {
      if (!event.type.startsWith('Revision') || !('revisionId' in event.data)) continue;
      const { revisionId } = event.data;
      if (typeof revisionId === 'string') seen.set(revisionId, [...(seen.get(revisionId) ?? []), event.type]);
    }
    expect(seen.size).toBeGreaterThan(10);
    for (const types of seen.values()) {
      expect(types.slice(0, 3)).toEqual(expect.arrayContaining(['RevisionRequested', 'RevisionPlanned']));
      const before = types.slice(0, types.indexOf('RevisionMadeLive'));
      if (types.includes('RevisionMadeLive'))
        expect(before).toEqual(
          expect.arrayContaining(['RevisionBatchPlanned', 'RevisionCompleted', 'RevisionPublished']),
        );
    }
    const runs = events.flatMap((event) =>
      event.type === 'InsightsRunStarted' && event.data.kind === 'REVISION' ? [event.data.runId] : [],
    );
    const planned = events.flatMap((event) =>
      event.type === 'RevisionBatchPlanned' ? event.data.conversations.map(({ runId }) => runId) : [],
    );
    expect(runs.sort()).toEqual(planned.sort());
  });

  it('has about 20 events a conversation where nothing changes later', () => {
    const calm = eventsIn(stepsOf({ restlessness: 0, projects: 1, definitions: 10, conversations: 200 }));
    expect(calm.length / 200).toBeGreaterThan(15);
    expect(calm.length / 200).toBeLessThan(25);
  });
});
