import type { Answer } from '@harmony/contracts';
import type { Row } from '@harmony/read-model';
import { expect, it } from '@jest/globals';
import { answerColumns } from './answer-columns.js';

const perQuadrant = { SITUATION: 3, PROBLEM: 1, IMPLICATION: 0, NEED_PAYOFF: 0 };

const cases: readonly (readonly [Answer, Row])[] = [
  [{ type: 'YES_NO', answer: 'NO' }, { choice: 'NO' }],
  [{ type: 'GROUP', bucket: 'price' }, { choice: 'price' }],
  [{ type: 'FUNNEL', stage: 'offer' }, { choice: 'offer' }],
  [{ type: 'SCALE', value: -3 }, { number: -3 }],
  [{ type: 'BUYER_ENGAGEMENT', score: 8, band: 'STRONG' }, { number: 8 }],
  [
    { type: 'DISCOUNT', discussed: true, rate: 12.5, amount: { value: 300, currency: 'EUR' } },
    { is_discussed: true, number: 12.5, amount: 300, currency: 'EUR' },
  ],
  [
    { type: 'DISCOUNT', discussed: false, rate: null, amount: null },
    { is_discussed: false, number: null, amount: undefined, currency: undefined },
  ],
  [
    {
      type: 'CHECKLIST',
      items: [
        { key: 'greeting', outcome: 'MET', rationale: '' },
        { key: 'price', outcome: 'NOT_MET', rationale: '' },
        { key: 'next', outcome: 'NOT_DISCUSSED', rationale: '' },
      ],
    },
    { number: 1, parts: { greeting: 'MET', price: 'NOT_MET', next: 'NOT_DISCUSSED' } },
  ],
  [
    {
      type: 'COMPETITORS',
      mentions: [
        { name: 'Acme', stance: 'CURRENT', positioning: null, advantages: [] },
        { name: 'Globex', stance: 'DISMISSED', positioning: 'Dear', advantages: ['Fast'] },
      ],
    },
    {
      parts: [
        { name: 'Acme', stance: 'CURRENT' },
        { name: 'Globex', stance: 'DISMISSED' },
      ],
      text: 'Acme, Globex',
    },
  ],
  [
    {
      ...{ type: 'SPIN_DISTRIBUTION', counts: perQuadrant, questions: [] },
      shares: { SITUATION: 0.75, PROBLEM: 0.25, IMPLICATION: 0, NEED_PAYOFF: 0 },
    },
    { parts: perQuadrant },
  ],
  [
    {
      ...{ type: 'SPIN_IMPROVEMENT', weakest: ['IMPLICATION', 'NEED_PAYOFF'] },
      suggestions: [
        { quadrant: 'IMPLICATION', text: 'Ask what it costs.' },
        { quadrant: 'NEED_PAYOFF', text: 'Ask what it would bring.' },
      ],
    },
    { parts: ['IMPLICATION', 'NEED_PAYOFF'], text: 'Ask what it costs.\nAsk what it would bring.' },
  ],
  [
    { type: 'SUMMARY', overview: 'They talked.', keyPoints: ['Price', 'Date'], actionItems: [] },
    { text: 'They talked.\nPrice\nDate' },
  ],
  [{ type: 'OPEN_QUESTION', answer: 'A fish.' }, { text: 'A fish.' }],
  [{ type: 'MARKDOWN', markdown: '# Fish' }, { text: '# Fish' }],
];

it.each(cases)('makes columns of the answer %j', (answer, columns) => {
  expect(answerColumns(answer)).toEqual(columns);
});
