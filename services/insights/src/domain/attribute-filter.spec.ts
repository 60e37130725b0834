import type { AttributeCondition } from '@harmony/contracts';
import { describe, expect, it } from '@jest/globals';
import { evaluateAttribute, type ConversationFacts, type Judgement } from './attribute-filter.js';

const facts: ConversationFacts = {
  teamId: 'sales',
  ownerId: 'ann',
  medium: 'CALL',
  tags: ['Demo', 'Acme Inc'],
  customFields: { tier: 'Gold', seats: 40, renewed: false, due: '2026-03-01' },
  date: '2026-02-10T10:00:00.000Z',
  words: 900,
  durationMs: 12.5 * 60_000,
};

const field = (
  operator: Extract<AttributeCondition, { attribute: 'CUSTOM_FIELD' }>['operator'],
  key: string,
  value: string | number | boolean | null = null,
): AttributeCondition => ({ attribute: 'CUSTOM_FIELD', operator, key, value });
const minutes = (minimum: number | null, maximum: number | null): AttributeCondition => ({
  attribute: 'DURATION_MINUTES',
  minimum,
  maximum,
});
const tags = (match: 'ANY' | 'ALL' | 'NONE', ...names: string[]): AttributeCondition => ({
  attribute: 'TAGS',
  match,
  tags: names,
});
const date = (from: string | null, to: string | null): AttributeCondition => ({ attribute: 'DATE', from, to });

describe('an attribute criterion', () => {
  it.each<[AttributeCondition, Judgement['verdict'], string]>([
    [minutes(5, 12.5), 'MET', '12.5 minutes; asked for are at least 5 and at most 12.5.'],
    [minutes(13, null), 'NOT_MET', '12.5 minutes; asked for are at least 13.'],
    [minutes(null, null), 'MET', '12.5 minutes; any number will do.'],
    [{ attribute: 'WORDS', minimum: 900, maximum: null }, 'MET', '900 words; asked for are at least 900.'],
    [{ attribute: 'WORDS', minimum: null, maximum: 899 }, 'NOT_MET', '900 words; asked for are at most 899.'],
    [tags('ANY', 'demo', 'pilot'), 'MET', 'Has demo; asked for is any of demo, pilot.'],
    [tags('ANY', 'pilot'), 'NOT_MET', 'Has none; asked for is any of pilot.'],
    [tags('ALL', 'DEMO', 'acme inc'), 'MET', 'Has DEMO, acme inc; asked for is all of DEMO, acme inc.'],
    [tags('ALL', 'demo', 'pilot'), 'NOT_MET', 'Has demo; asked for is all of demo, pilot.'],
    [tags('NONE', 'pilot'), 'MET', 'Has none; asked for is none of pilot.'],
    [tags('NONE', 'demo'), 'NOT_MET', 'Has demo; asked for is none of demo.'],
    [field('IS_SET', 'tier'), 'MET', 'tier is Gold; asked for is any value.'],
    [field('IS_SET', 'gone'), 'NOT_MET', 'gone is not set; asked for is any value.'],
    [field('EQUALS', 'tier', 'gold'), 'MET', 'tier is Gold; asked for is gold.'],
    [field('EQUALS', 'renewed', false), 'MET', 'renewed is false; asked for is false.'],
    [field('EQUALS', 'seats', '40'), 'NOT_MET', 'seats is 40; asked for is 40.'],
    [field('NOT_EQUALS', 'gone', 'x'), 'MET', 'gone is not set; asked for is anything but x.'],
    [field('AT_LEAST', 'seats', 40), 'MET', 'seats is 40; asked for is at least 40.'],
    [field('AT_MOST', 'seats', 39), 'NOT_MET', 'seats is 40; asked for is at most 39.'],
    [field('AT_LEAST', 'due', '2026-02-28'), 'MET', 'due is 2026-03-01; asked for is at least 2026-02-28.'],
    [field('AT_LEAST', 'tier', 3), 'NOT_MET', 'tier is Gold; asked for is at least 3.'],
    [
      date('2026-02-10T10:00:00Z', null),
      'MET',
      'Took place at 2026-02-10T10:00:00.000Z; asked for is from 2026-02-10T10:00:00Z.',
    ],
    [
      date(null, '2026-02-10T10:00:00Z'),
      'NOT_MET',
      'Took place at 2026-02-10T10:00:00.000Z; asked for is before 2026-02-10T10:00:00Z.',
    ],
    [{ attribute: 'MEDIUM', anyOf: ['CHAT', 'CALL'] }, 'MET', 'CALL; asked for is CHAT or CALL.'],
    [{ attribute: 'MEDIUM', anyOf: ['CHAT'] }, 'NOT_MET', 'CALL; asked for is CHAT.'],
    [{ attribute: 'OWNER', anyOf: ['ANN'] }, 'MET', 'The owner is one of those asked for.'],
    [{ attribute: 'OWNER', anyOf: ['ben'] }, 'NOT_MET', 'The owner is none of those asked for.'],
  ])('%j is %s', (condition, verdict, detail) => {
    expect(evaluateAttribute(condition, facts)).toEqual({ verdict, detail });
  });

  it('of minutes is not met by a transcript without times, unless it asks for nothing', () => {
    const timeless = { ...facts, durationMs: null };
    expect(evaluateAttribute(minutes(0, null), timeless).verdict).toBe('NOT_MET');
    expect(evaluateAttribute(minutes(null, null), timeless).verdict).toBe('MET');
  });
});
