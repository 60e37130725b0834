import { everything } from '@harmony/contracts';
import { describe, expect, it } from '@jest/globals';
import { displayOf } from '../api/display.inputs.js';
import { filterOf } from '../api/filter.inputs.js';
import { askedReport } from './report-query.js';

const team = '00000000-0000-4000-8000-000000000001';
const refused = (pointer: string) => ({ code: 'INVALID_INPUT', errors: [expect.objectContaining({ pointer })] });

describe('the query of a report', () => {
  it('asks for everything when nothing is given', () => {
    expect(askedReport({})).toEqual({
      filter: everything,
      display: { as: 'GRAPHS', interval: null, timeZone: 'UTC', latest: 5 },
      moment: { asOf: null, revisionId: null },
      includeInactive: false,
    });
  });

  it('takes a parameter once or several times, and times with an offset', () => {
    const { filter, moment } = askedReport({
      team,
      tag: ['demo', 'won'],
      from: '2026-01-01T01:00:00+01:00',
      asOf: '2026-02-01T00:00:00Z',
    });
    expect(filter).toMatchObject({ teamIds: [team], tags: ['demo', 'won'], from: '2026-01-01T00:00:00.000Z' });
    expect(moment.asOf).toBe('2026-02-01T00:00:00.000Z');
  });

  it('reads custom fields with numbers, booleans and text, quoted or not', () => {
    const customField = [
      'seats:AT_LEAST:10',
      'tier:EQUALS:gold: and more',
      'code:EQUALS:"10"',
      'vip:EQUALS:true',
      'note:IS_SET',
    ];
    expect(askedReport({ customField }).filter.customFields).toEqual([
      { key: 'seats', operator: 'AT_LEAST', value: 10 },
      { key: 'tier', operator: 'EQUALS', value: 'gold: and more' },
      { key: 'code', operator: 'EQUALS', value: '10' },
      { key: 'vip', operator: 'EQUALS', value: true },
      { key: 'note', operator: 'IS_SET', value: null },
    ]);
  });

  it.each([
    ['a reversed range', { from: '2026-02-01T00:00:00Z', to: '2026-01-01T00:00:00Z' }, '/to'],
    ['a range of no length', { from: '2026-01-01T00:00:00Z', to: '2026-01-01T00:00:00Z' }, '/to'],
    ['10,000 tags', { tag: Array.from({ length: 10_000 }, (_, index) => `tag ${index}`) }, '/tag'],
    ['a team that is no id', { team: "' or 1=1" }, '/teamIds/0'],
    ['a time zone that does not exist', { timeZone: 'Mars/Olympus' }, '/timeZone'],
    ['a custom field without an operator', { customField: 'tier' }, '/customField/0'],
    ['an operator that does not exist', { customField: 'tier:LIKE:gold' }, '/customFields/0/operator'],
    ['a comparison with nothing', { customField: 'tier:EQUALS' }, '/customFields'],
    ['too many latest results', { latest: '21' }, '/latest'],
    ['a parameter that does not exist', { teams: team }, '/teams'],
  ])('refuses %s by a pointer to it', (_, query, pointer) => {
    expect(() => askedReport(query)).toThrow(expect.objectContaining(refused(pointer)));
  });
});

describe('the inputs of a report in GraphQL', () => {
  it('mean the same as the query', () => {
    const filter = filterOf({
      teamIds: [team],
      tags: null,
      customFields: [{ key: 'seats', operator: 'AT_LEAST', value: { number: 0 } }],
    });
    expect(filter).toEqual(askedReport({ team, customField: 'seats:AT_LEAST:0' }).filter);
    expect(filterOf(null)).toEqual(everything);
    expect(displayOf({ as: null, interval: 'WEEK' })).toEqual(askedReport({ interval: 'WEEK' }).display);
  });

  it('refuse 10,000 tags, a reversed range and an unknown time zone', () => {
    const tags = Array.from({ length: 10_000 }, () => 'a');
    expect(() => filterOf({ tags })).toThrow(expect.objectContaining(refused('/tags')));
    const reversed = { from: new Date('2026-02-01'), to: new Date('2026-01-01') };
    expect(() => filterOf(reversed)).toThrow(expect.objectContaining(refused('/to')));
    expect(() => displayOf({ timeZone: 'Nowhere/Land' })).toThrow(expect.objectContaining(refused('/timeZone')));
  });
});
