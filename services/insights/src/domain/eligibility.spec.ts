import type { Criterion, Finding, Verdict } from '@harmony/contracts';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ConversationFacts, Judgement } from './attribute-filter.js';
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
