import { TranscriptText } from '@harmony/analysis';
import { spinQuadrants, type AnswerOf, type Evidence, type Finding, type InsightType } from '@harmony/contracts';
import type { AnalysedConversation } from '@harmony/llm';
import type { Gold, GoldOf } from '../loading/gold-format.js';

/** A conversation of so many turns, by a host and a customer in turn. */
export function conversationOf(turns: number): AnalysedConversation {
  return {
    key: `made up of ${turns}`,
    title: 'Made up',
    startedAt: null,
    voices: [
      { code: 'A', name: 'Ada', role: 'HOST' },
      { code: 'B', name: 'Ben', role: 'CUSTOMER' },
    ],
    turns: Array.from({ length: turns }, (_, index) => ({
      ...{ index, speaker: index % 2 === 0 ? 'A' : 'B', text: `Words of turn ${index}.` },
      ...{ startMs: null, endMs: null },
    })),
  };
}

/** What an analyst would say who agrees with the gold in everything, with its turns as evidence. */
export function perfectFinding(gold: Gold, conversation: AnalysedConversation): Finding {
  const reasons = { rationale: '', confidence: 1, evidence: evidenceOf(gold, conversation), searched: [] };
  const answer = (agreeing[gold.type] as Agreeing<InsightType>)(gold.expected);
  return answer ? { outcome: 'ANSWERED', answer, ...reasons } : { outcome: 'NOT_DISCUSSED', ...reasons };
}

type Agreeing<Type extends InsightType> = (expected: GoldOf<Type>) => AnswerOf<Type> | undefined;

const noComparison = { positioning: null, advantages: [] };
const zero = { SITUATION: 0, PROBLEM: 0, IMPLICATION: 0, NEED_PAYOFF: 0 };

const agreeing: { readonly [Type in InsightType]: Agreeing<Type> } = {
  SUMMARY: ({ mustMention, actionItems }) => ({
    type: 'SUMMARY',
    overview: 'In short.',
    keyPoints: mustMention,
    actionItems: actionItems.map(({ text, owner }) => ({ text, owner: owner ?? null, due: null })),
  }),
  COMPETITORS: ({ mentioned }) => ({
    type: 'COMPETITORS',
    mentions: mentioned.map(({ name, stance }) => ({ name, stance: stance ?? 'NEUTRAL', ...noComparison })),
  }),
  DISCOUNT: ({ discussed, rate, amount }) => ({
    ...{ type: 'DISCOUNT', discussed },
    ...{ rate: rate ?? null, amount: amount ?? null },
  }),
  BUYER_ENGAGEMENT: ({ score }) => ({ type: 'BUYER_ENGAGEMENT', score, band: 'STRONG' }),
  OPEN_QUESTION: ({ answerContains }) =>
    answerContains && {
      type: 'OPEN_QUESTION',
      answer: `It is ${answerContains.map(([first]) => first).join(' with ')}, they said.`,
    },
  YES_NO: ({ answer }) => ({ type: 'YES_NO', answer }),
  CHECKLIST: ({ items }) => ({
    type: 'CHECKLIST',
    items: Object.entries(items).map(([key, { met }]) => ({ key, outcome: met ? 'MET' : 'NOT_MET', rationale: '' })),
  }),
  MARKDOWN: ({ mustMention }) => ({
    type: 'MARKDOWN',
    markdown: `# Points\n${mustMention.map((point) => `* **${point}**`).join('\n')}`,
  }),
  GROUP: ({ bucket }) => ({ type: 'GROUP', bucket }),
  SCALE: ({ value }) => ({ type: 'SCALE', value }),
  FUNNEL: ({ stage }) => ({ type: 'FUNNEL', stage }),
  SPIN_IMPROVEMENT: ({ weakest }) => ({ type: 'SPIN_IMPROVEMENT', weakest, suggestions: [] }),
  SPIN_DISTRIBUTION: ({ questionTurns }) => ({
    ...{ type: 'SPIN_DISTRIBUTION', counts: zero, shares: zero },
    questions: spinQuadrants.flatMap((quadrant) => (questionTurns[quadrant] ?? []).map((turn) => ({ turn, quadrant }))),
  }),
};

function evidenceOf({ type, expected }: Gold, { turns }: AnalysedConversation): Evidence[] {
  const text = new TranscriptText(turns);
  const quoteOf = (turn: number, part: string | null): Evidence => {
    const quote = turns[turn]?.text ?? '';
    const start = text.startOf(turn) ?? 0;
    return { quote, turn, start, end: start + quote.length, startInTurn: 0, startMs: null, endMs: null, part };
  };
  if (type === 'COMPETITORS') {
    return expected.mentioned.flatMap(({ name, turns: where }) => where.map((turn) => quoteOf(turn, name)));
  }
  if (type === 'CHECKLIST') {
    return Object.entries(expected.items).flatMap(([key, item]) => item.turns.map((turn) => quoteOf(turn, key)));
  }
  if (type === 'SUMMARY') return expected.actionItems.flatMap((item) => item.turns.map((turn) => quoteOf(turn, null)));
  if (type === 'SPIN_DISTRIBUTION') {
    return Object.values(expected.questionTurns).flatMap((where) => where.map((turn) => quoteOf(turn, null)));
  }
  return 'turns' in expected ? expected.turns.map((turn) => quoteOf(turn, null)) : [];
}
