import type { PositionedEvent, Row } from '@harmony/read-model';
import { eventsFrom, fact, newId } from '@harmony/kernel';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { changed, instant, type PastEntry } from './past.js';

const projectId = newId();

/** An event at a time, somewhere in the log. */
function at(occurredAt: string, place: number): PositionedEvent {
  const actor = { kind: 'SYSTEM', id: 'test' } as const;
  const cause = { causationId: newId(), correlationId: 'test', workspaceId: newId(), actor, occurredAt };
  const [event] = eventsFrom(cause, 'project', [fact('ProjectDeleted', { projectId })]);
  if (!event) throw new Error('There is one.');
  return { event, streamId: 'project', revision: place, position: { major: BigInt(place), minor: 1n } };
}

const second = (count: number): string => new Date(Date.UTC(2024, 0, 1, 0, 0, count)).toISOString();

/** As SQL reads it: the oldest entry that held longer says what a column was. */
function asOf(row: Row, time: string): Row {
  const past = row['past'] as readonly PastEntry[];
  return past.reduceRight<Row>((then, { until, was }) => (until > time ? { ...then, ...was } : then), row);
}

describe('the past of a row', () => {
  it('is every state that it was ever in, whatever changed and changed back, also within one instant', () => {
    const changes = fc.array(
      fc.record({ later: fc.nat(2), more: fc.dictionary(fc.constantFrom('title', 'status', 'tags'), fc.nat(2)) }),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(changes, (drawn) => {
        let row: Row | undefined = { title: 0, status: 0, tags: 0, past: [] };
        const states = new Map<string, Row>([[second(0), row]]);
        let now = 0;
        for (const [place, { later, more }] of drawn.entries()) {
          now += later;
          row = changed(row, at(second(now), place), more);
          states.set(second(now), row ?? {});
        }
        for (const [time, state] of states) {
          const { title, status, tags } = asOf(row ?? {}, time);
          expect({ title, status, tags }).toEqual({
            ...{ title: state['title'], status: state['status'], tags: state['tags'] },
          });
        }
      }),
    );
  });

  it('names only what changed, and until when it was so', () => {
    const row = { title: 'First', tags: ['a'], past: [], changed_major: 1, changed_minor: 1 };
    expect(changed(row, at('2024-01-01T00:00:00Z', 7), { title: 'Second', tags: ['a'] })).toEqual({
      ...{ title: 'Second', tags: ['a'], changed_major: 7, changed_minor: 1 },
      past: [{ until: '2024-01-01T00:00:00.000Z', was: { title: 'First' } }],
    });
  });

  it('costs nothing where an event changes nothing: the row is the same one', () => {
    const row = { title: 'First', custom_fields: { tier: 'gold' }, past: [] };
    expect(changed(row, at(second(1), 1), { title: 'First', custom_fields: { tier: 'gold' } })).toBe(row);
    expect(changed(undefined, at(second(1), 1), { title: 'Second' })).toBeUndefined();
  });

  it('keeps instants as columns of times give them back', () => {
    expect(instant('2024-01-01T00:00:00Z')).toBe('2024-01-01T00:00:00.000Z');
    expect(instant('2024-01-01T00:00:00.123Z')).toBe('2024-01-01T00:00:00.123Z');
  });
});
