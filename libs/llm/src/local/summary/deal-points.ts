import type { AnswerOf, CompetitorStance } from '@harmony/contracts';
import type { Background } from '../../port.js';
import { competitors } from '../competitors/answer-competitors.js';
import { discount } from '../discount/answer-discount.js';
import { engagement } from '../engagement/answer-engagement.js';
import type { Reading } from '../language/reading.js';

const stances: Readonly<Record<CompetitorStance, string>> = {
  CONSIDERED: 'is being considered',
  CURRENT: 'is in use today',
  DISMISSED: 'was turned down or ruled out',
  NEUTRAL: 'was mentioned',
};

function discountPoint({ discussed, rate, amount }: AnswerOf<'DISCOUNT'>): string[] {
  if (!discussed) return [];
  const figures = [
    ...(rate === null ? [] : [`${rate} percent off`]),
    ...(amount === null ? [] : [`${amount.value} ${amount.currency} off`]),
  ];
  return [
    figures.length === 0 ? 'A lower price was discussed.' : `A lower price was discussed: ${figures.join(', ')}.`,
  ];
}

const moods = {
  STRONG: 'The customer takes a strong part and is interested.',
  MODERATE: '',
  LIMITED: 'The customer takes little part or is reserved.',
} as const;
const coldest = 3;

const moodPoint = ({ score, band }: AnswerOf<'BUYER_ENGAGEMENT'>): string =>
  score <= coldest ? 'The buyer is hostile or dismissive.' : moods[band];

/** What a summary says of a deal: competitors, a lower price, how the customer takes it. */
export async function dealPoints(reading: Reading, background: Background): Promise<string[]> {
  const request = { reading, background };
  const rivals = await competitors.answer({ ...request, question: { type: 'COMPETITORS', track: [], exclude: [] } });
  const price = await discount.answer({ ...request, question: { type: 'DISCOUNT' } });
  const mood = await engagement.answer({ ...request, question: { type: 'BUYER_ENGAGEMENT' } });
  return [
    ...(rivals.answer?.type === 'COMPETITORS'
      ? rivals.answer.mentions.map(({ name, stance }) => `${name} ${stances[stance]}.`)
      : []),
    ...(price.answer?.type === 'DISCOUNT' ? discountPoint(price.answer) : []),
    ...(mood.answer?.type === 'BUYER_ENGAGEMENT' ? [moodPoint(mood.answer)] : []),
  ].filter((point) => point !== '');
}
