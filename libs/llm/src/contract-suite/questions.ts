import type { InsightType, Question, QuestionOf } from '@harmony/contracts';

const described = (key: string, name: string, description: string) => ({ key, name, description });

/** One question of every type about the call. */
export const questions: { readonly [Type in InsightType]: QuestionOf<Type> } = {
  SUMMARY: { type: 'SUMMARY' },
  COMPETITORS: { type: 'COMPETITORS', track: ['Paperstream'], exclude: ['Brightledger'] },
  DISCOUNT: { type: 'DISCOUNT' },
  BUYER_ENGAGEMENT: { type: 'BUYER_ENGAGEMENT' },
  OPEN_QUESTION: { type: 'OPEN_QUESTION', question: 'How many invoices does the customer process every month?' },
  YES_NO: { type: 'YES_NO', question: 'Has the budget been approved?' },
  CHECKLIST: {
    type: 'CHECKLIST',
    items: [
      { key: 'price', text: 'The host names the list price' },
      { key: 'next-step', text: 'The host and the customer agree on a next step' },
    ],
  },
  MARKDOWN: { type: 'MARKDOWN', prompt: 'List the pain points of the customer and the agreed next steps.' },
  GROUP: {
    type: 'GROUP',
    buckets: [
      described('sales', 'Sales call', 'A product, its price and a purchase are discussed.'),
      described('support', 'Support call', 'A customer reports a defect and wants it to be fixed.'),
    ],
  },
  SCALE: {
    type: 'SCALE',
    question: 'How satisfied is the customer with the conversation?',
    min: 1,
    max: 5,
    labels: { '1': 'not at all', '5': 'very' },
  },
  FUNNEL: {
    type: 'FUNNEL',
    stages: [
      described('contact', 'First contact', 'Both sides have spoken to each other.'),
      described('need', 'Need understood', 'The customer has explained the problem.'),
      described('offer', 'Offer made', 'The host has named a price or offered a discount.'),
    ],
  },
  SPIN_IMPROVEMENT: { type: 'SPIN_IMPROVEMENT' },
  SPIN_DISTRIBUTION: { type: 'SPIN_DISTRIBUTION' },
};

export const everyQuestion: readonly Question[] = Object.values(questions);
