import { question as schema, type InsightType, type Question, type QuestionInput } from '@harmony/contracts';
import type { Random } from './random.js';

/** The types that have figures come first, so that a project of a few definitions shows something. */
export const typesInTurn: readonly InsightType[] = [
  ...(['YES_NO', 'CHECKLIST', 'GROUP', 'SCALE', 'FUNNEL', 'BUYER_ENGAGEMENT', 'DISCOUNT', 'COMPETITORS'] as const),
  ...(['SUMMARY', 'SPIN_DISTRIBUTION', 'OPEN_QUESTION', 'SPIN_IMPROVEMENT', 'MARKDOWN'] as const),
];

const items = ['budget', 'decider', 'date', 'need', 'next-step'].map((key) => ({ key, text: `Was the ${key} named?` }));
const described = (key: string): { key: string; name: string } => ({ key, name: key.replace('-', ' ') });
const buckets = ['price', 'service', 'delivery', 'other', 'quality'].map(described);
const stages = ['first-talk', 'demo', 'offer', 'negotiation', 'signed'].map(described);

const inputs: Readonly<Record<InsightType, (random: Random) => QuestionInput>> = {
  SUMMARY: () => ({ type: 'SUMMARY' }),
  COMPETITORS: () => ({ type: 'COMPETITORS', track: ['Acme'] }),
  DISCOUNT: () => ({ type: 'DISCOUNT' }),
  BUYER_ENGAGEMENT: () => ({ type: 'BUYER_ENGAGEMENT' }),
  OPEN_QUESTION: (random) => ({ type: 'OPEN_QUESTION', question: `What stood in the way? (${random.below(100)})` }),
  YES_NO: (random) => ({ type: 'YES_NO', question: `Was a next step agreed on? (${random.below(100)})` }),
  CHECKLIST: (random) => ({ type: 'CHECKLIST', items: atLeast(random, items, 1) }),
  MARKDOWN: () => ({ type: 'MARKDOWN', prompt: 'Write a letter to the customer.' }),
  GROUP: (random) => ({ type: 'GROUP', buckets: atLeast(random, buckets, 2) }),
  SCALE: (random) => ({ type: 'SCALE', question: 'How urgent is it?', ...range(random) }),
  FUNNEL: (random) => ({ type: 'FUNNEL', stages: atLeast(random, stages, 2) }),
  SPIN_IMPROVEMENT: () => ({ type: 'SPIN_IMPROVEMENT' }),
  SPIN_DISTRIBUTION: () => ({ type: 'SPIN_DISTRIBUTION' }),
};

const atLeast = <Part>(random: Random, parts: readonly Part[], least: number): Part[] =>
  random.some(parts, random.between(least, parts.length));

function range(random: Random): { min: number; max: number; labels: Record<string, string> } {
  const min = random.pick([1, 0, -2]);
  const max = min + random.between(2, 6);
  return { min, max, labels: { [min]: 'not at all', [max]: 'very' } };
}

/**
 * A question of a type, drawn: asked twice, it may come with other items, buckets, stages or ends, which is what an
 * edited definition looks like.
 */
export const sampleQuestion = (type: InsightType, random: Random): Question => schema.parse(inputs[type](random));
