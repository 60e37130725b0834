import type { AttributeCondition, Criterion, Finding, Verdict } from '@harmony/contracts';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { evaluateAttribute, type ConversationFacts, type Judgement } from './attribute-filter.js';
import { eligibilityOf, judgementOf, questionOf } from './eligibility.js';
import type { Project } from './project.js';

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

const boolean: Criterion = { type: 'BOOLEAN', question: 'Is it a demo?', expected: true };
const category: Criterion = {
  type: 'CATEGORY',
  question: 'What kind is it?',
  categories: [
    { key: 'demo', name: 'Demo', description: '' },
    { key: 'support', name: 'Support', description: '' },
  ],
  accepted: ['demo'],
};
const wordy: Criterion = {
  type: 'ATTRIBUTE',
  condition: { attribute: 'WORDS', minimum: 1, maximum: null },
};
const tooLong: Criterion = { type: 'ATTRIBUTE', condition: { attribute: 'WORDS', minimum: 9000, maximum: null } };

const reasoning = { rationale: 'r', confidence: 1, evidence: [], searched: [] };
const answered = (answer: Extract<Finding, { outcome: 'ANSWERED' }>['answer']): Finding => ({
  ...{ outcome: 'ANSWERED', answer },
  ...reasoning,
});

describe('what a model says of a criterion', () => {
  it.each<[Criterion, Finding | null, Verdict]>([
    [boolean, answered({ type: 'YES_NO', answer: 'YES' }), 'MET'],
    [boolean, answered({ type: 'YES_NO', answer: 'NO' }), 'NOT_MET'],
    [{ ...boolean, expected: false }, answered({ type: 'YES_NO', answer: 'NO' }), 'MET'],
    [{ ...boolean, expected: false }, { outcome: 'NOT_DISCUSSED', ...reasoning }, 'NOT_DISCUSSED'],
    [category, answered({ type: 'GROUP', bucket: 'demo' }), 'MET'],
    [category, answered({ type: 'GROUP', bucket: 'support' }), 'NOT_MET'],
    [category, null, 'FAILED'],
    [category, answered({ type: 'YES_NO', answer: 'YES' }), 'FAILED'],
  ])('%j with %j is %s', (criterion, finding, verdict) => {
    expect(judgementOf(criterion, finding).verdict).toBe(verdict);
  });

  it('names categories as people do', () => {
    const { detail } = judgementOf(category, answered({ type: 'GROUP', bucket: 'support' }));
    expect(detail).toBe('The category is Support; asked for is Demo.');
  });
});

const projectWith = (...criteria: Criterion[]): Project => ({
  ...{ id: 'p', workspaceId: 'w', createdBy: 'ann', name: 'P', language: 'en', teamIds: ['sales'], knowledge: '' },
  criteria: new Map(criteria.map((criterion, index) => [`c${index}`, { version: 1, criterion }])),
  definitions: new Map(),
  removedDefinitions: new Map(),
  goals: new Map(),
  scorecards: new Map(),
  isDeleted: false,
});

const met: Judgement<Verdict> = { verdict: 'MET', detail: '' };

describe('whether a conversation belongs into a project', () => {
  it('is decided by the team alone where there are no criteria', () => {
    expect(eligibilityOf(projectWith(), facts, new Map())).toEqual({
      eligibility: { projectId: 'p', eligible: true, isTeamAssigned: true, criteria: [] },
      next: undefined,
    });
    for (const teamId of ['support', null]) {
      const { eligibility } = eligibilityOf(projectWith(), { ...facts, teamId }, new Map());
      expect(eligibility).toMatchObject({ eligible: false, isTeamAssigned: false });
    }
  });

  it('asks nobody about a conversation that facts keep out, wherever they stand', () => {
    const { eligibility, next } = eligibilityOf(projectWith(boolean, tooLong), facts, new Map());
    expect(next).toBeUndefined();
    expect(eligibility.eligible).toBe(false);
    expect(eligibility.criteria.map(({ verdict }) => verdict)).toEqual(['NOT_JUDGED', 'NOT_MET']);
    expect(eligibilityOf(projectWith(boolean), { ...facts, teamId: null }, new Map()).next).toBeUndefined();
  });

  it('asks one criterion after the other, and stops at the first that keeps it out', () => {
    const project = projectWith(boolean, wordy, category);
    const first = eligibilityOf(project, facts, new Map());
    expect(first.next).toEqual({
      ...{ criterionId: 'c0', criterionVersion: 1, criterion: boolean },
      ...{ question: { type: 'YES_NO', question: 'Is it a demo?' }, context: '' },
    });
    const second = eligibilityOf(project, facts, new Map([['c0', met]]));
    expect(second.next).toMatchObject({
      criterionId: 'c2',
      question: questionOf(category),
      context: 'What kind is it?',
    });
    const out = eligibilityOf(project, facts, new Map([['c0', { verdict: 'NOT_DISCUSSED' as const, detail: '' }]]));
    expect(out.next).toBeUndefined();
    expect(out.eligibility.criteria.map(({ verdict }) => verdict)).toEqual(['NOT_DISCUSSED', 'MET', 'NOT_JUDGED']);
  });

  it('is certain after every criterion was asked once at most, and eligible exactly when all are met', () => {
    const criteria = fc.array(fc.constantFrom(boolean, category, wordy, tooLong), { maxLength: 8 });
    const verdicts = fc.infiniteStream(fc.constantFrom<Verdict>('MET', 'NOT_MET', 'NOT_DISCUSSED', 'FAILED'));
    fc.assert(
      fc.property(criteria, verdicts, (all, answers) => {
        const project = projectWith(...all);
        const judgements = new Map<string, Judgement<Verdict>>();
        let step = eligibilityOf(project, facts, judgements);
        for (let asked = 0; step.next; asked += 1) {
          expect(asked).toBeLessThan(all.length);
          expect(step.eligibility.eligible).toBe(false);
          judgements.set(step.next.criterionId, { verdict: answers.next().value, detail: '' });
          step = eligibilityOf(project, facts, judgements);
        }
        expect(step.eligibility.eligible).toBe(step.eligibility.criteria.every(({ verdict }) => verdict === 'MET'));
      }),
    );
  });
});
