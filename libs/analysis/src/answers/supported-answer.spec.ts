import type { AnswerOf } from '@harmony/contracts';
import { describe, expect, it } from '@jest/globals';
import { supportedAnswer } from './supported-answer.js';

const parts = (...given: (string | null)[]) => given.map((part) => ({ part }));
const checklist = (items: Readonly<Record<string, 'MET' | 'NOT_MET'>>): AnswerOf<'CHECKLIST'> => ({
  type: 'CHECKLIST',
  items: Object.entries(items).map(([key, outcome]) => ({ key, outcome, rationale: `${key} was done.` })),
});
const competitors = (...names: string[]): AnswerOf<'COMPETITORS'> => ({
  type: 'COMPETITORS',
  mentions: names.map((name) => ({ name, stance: 'NEUTRAL', positioning: null, advantages: [] })),
});

describe('what words support', () => {
  it('is all of an answer that has a quote for each of its claims, and of one that claims nothing', () => {
    for (const [answer, evidence] of [
      [checklist({ price: 'MET', budget: 'NOT_MET', date: 'MET' }), parts('price', 'date')],
      [checklist({ price: 'NOT_MET' }), []],
      [competitors('Acme', 'Paperstream'), parts(' paperstream', 'ACME')],
      [competitors(), []],
      [{ type: 'YES_NO', answer: 'YES' }, []],
    ] as const) {
      expect(supportedAnswer(answer, evidence)).toEqual({ answer, remark: '' });
    }
  });

  it('is no item without a quote of its own, which says so', () => {
    const answer = checklist({ price: 'MET', budget: 'NOT_MET', date: 'MET' });
    const [, budget] = answer.items;
    expect(supportedAnswer(answer, parts('date', 'budget', null)).answer).toEqual({
      type: 'CHECKLIST',
      items: [
        { key: 'price', outcome: 'NOT_MET', rationale: 'No words of the conversation show that it was met.' },
        budget,
        { key: 'date', outcome: 'MET', rationale: 'date was done.' },
      ],
    });
  });

  it('is no competitor without a quote of its own, and the others are told apart by name', () => {
    expect(supportedAnswer(competitors('Acme', 'Paperstream', 'Zeta'), parts('Paperstream', null))).toEqual({
      answer: competitors('Paperstream'),
      remark: 'Left out, since no words of the conversation show them: Acme, Zeta.',
    });
  });

  it('is the only claim of an answer whose quotes are given for all of it', () => {
    for (const answer of [checklist({ price: 'MET', budget: 'NOT_MET' }), competitors('Acme')]) {
      expect(supportedAnswer(answer, parts(null))).toEqual({ answer, remark: '' });
    }
  });
});
