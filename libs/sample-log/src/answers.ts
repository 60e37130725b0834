import {
  checklistOutcomes,
  competitorStances,
  spinQuadrants,
  type Answer,
  type AnswerOf,
  type InsightType,
  type Question,
  type QuestionOf,
} from '@harmony/contracts';
import type { Random } from './random.js';
import { competitors, firstNames, sentences } from './words.js';

type Answerers = { readonly [Type in InsightType]: (random: Random, question: QuestionOf<Type>) => AnswerOf<Type> };

const answerers: Answerers = {
  SUMMARY: (random) => ({
    ...{ type: 'SUMMARY', overview: `${random.pick(sentences)} ${random.pick(sentences)}` },
    keyPoints: [random.pick(sentences)],
    actionItems: [{ text: 'Send the offer', owner: random.pick(firstNames), due: null }],
  }),
  COMPETITORS: (random) => ({ type: 'COMPETITORS', mentions: mentions(random) }),
  DISCOUNT: (random) => discount(random),
  BUYER_ENGAGEMENT: (random) => engagement(random.between(0, 10)),
  OPEN_QUESTION: (random) => ({ type: 'OPEN_QUESTION', answer: random.pick(sentences) }),
  YES_NO: (random) => ({ type: 'YES_NO', answer: random.chance(0.4) ? 'YES' : 'NO' }),
  CHECKLIST: (random, { items }) => ({
    type: 'CHECKLIST',
    items: items.map(({ key }) => ({ key, outcome: random.pick(checklistOutcomes), rationale: '' })),
  }),
  MARKDOWN: (random) => ({ type: 'MARKDOWN', markdown: `# Thank you\n\n- "${random.pick(sentences)}"\n- =1+1, @you` }),
  GROUP: (random, { buckets }) => ({ type: 'GROUP', bucket: random.pick(buckets).key }),
  SCALE: (random, { min, max }) => ({ type: 'SCALE', value: random.between(min, max) }),
  FUNNEL: (random, { stages }) => ({ type: 'FUNNEL', stage: random.pick(stages).key }),
  SPIN_IMPROVEMENT: (random) => {
    const weakest = random.some(random.shuffled(spinQuadrants), random.between(0, 4));
    return {
      ...{ type: 'SPIN_IMPROVEMENT', weakest },
      suggestions: weakest.slice(0, 1).map((quadrant) => ({ quadrant, text: random.pick(sentences) })),
    };
  },
  SPIN_DISTRIBUTION: (random) => spinDistribution(random),
};

/** An answer that fits the question. */
export const sampleAnswer = (question: Question, random: Random): Answer => {
  const answer = answerers[question.type] as (random: Random, question: Question) => Answer;
  return answer(random, question);
};

function mentions(random: Random): AnswerOf<'COMPETITORS'>['mentions'] {
  const names = random.some(random.shuffled(competitors), random.between(0, 3));
  const different = names.filter(
    (name, at) => names.findIndex((one) => one.toLowerCase() === name.toLowerCase()) === at,
  );
  return different.map((name) => ({ name, stance: random.pick(competitorStances), positioning: null, advantages: [] }));
}

function discount(random: Random): AnswerOf<'DISCOUNT'> {
  if (random.chance(0.3)) return { type: 'DISCOUNT', discussed: false, rate: null, amount: null };
  const amount = { value: random.between(0, 4_000) / 4, currency: random.pick(['EUR', 'USD', 'SEK']) };
  return {
    ...{ type: 'DISCOUNT', discussed: true },
    rate: random.chance(0.7) ? random.between(0, 60) / 2 : null,
    amount: random.chance(0.4) ? amount : null,
  };
}

function engagement(score: number): AnswerOf<'BUYER_ENGAGEMENT'> {
  const band = score >= 8 ? 'STRONG' : score >= 6 ? 'MODERATE' : 'LIMITED';
  return { type: 'BUYER_ENGAGEMENT', score, band };
}

function spinDistribution(random: Random): AnswerOf<'SPIN_DISTRIBUTION'> {
  const counts = { SITUATION: random.below(6), PROBLEM: random.below(4), IMPLICATION: random.below(3), NEED_PAYOFF: 0 };
  counts.NEED_PAYOFF = random.below(2);
  const all = counts.SITUATION + counts.PROBLEM + counts.IMPLICATION + counts.NEED_PAYOFF;
  const share = (count: number): number => (all === 0 ? 0 : count / all);
  const shares = {
    ...{ SITUATION: share(counts.SITUATION), PROBLEM: share(counts.PROBLEM) },
    ...{ IMPLICATION: share(counts.IMPLICATION), NEED_PAYOFF: share(counts.NEED_PAYOFF) },
  };
  return { type: 'SPIN_DISTRIBUTION', counts, shares, questions: [] };
}
