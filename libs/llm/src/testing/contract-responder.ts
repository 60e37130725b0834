import type { InsightType } from '@harmony/contracts';
import type { AnalysedConversation } from '../port.js';
import type { Responder } from './model-server.js';
import { readPrompt } from './read-prompt.js';

interface Scripted {
  /** Words of the call that support the value, and what of it they support. */
  readonly quotes: readonly (readonly [quote: string, part: string | null])[];
  readonly value: unknown;
}

const price = 'Our list price is 900 euros a month.';
const contract = 'I will send you the contract by Friday, and we can start the pilot next Monday.';
const rival = 'We are also considering Paperstream.';
const amount = 'About four thousand, and three people type all of them in by hand.';
const asked = [
  ['How many invoices does your team process every month at the moment?', 'SITUATION'],
  ['Where does that process cause trouble for you?', 'PROBLEM'],
  ['What happens to your month-end closing when invoices get lost?', 'IMPLICATION'],
  ['If the invoices were matched automatically, what would that be worth to your team?', 'NEED_PAYOFF'],
] as const;
const actionItems = [{ text: 'Send the contract', owner: 'Dana Brook', due: 'by Friday' }];

/** What a good model says about the call of the contract suite. */
const script: Readonly<Record<InsightType, Scripted>> = {
  SUMMARY: {
    quotes: [[contract, null]],
    value: { overview: 'Dana and Marlow agree on a pilot.', keyPoints: ['The budget is approved.'], actionItems },
  },
  COMPETITORS: {
    quotes: [[rival, 'Paperstream']],
    value: {
      mentions: [
        {
          name: 'Paperstream',
          stance: 'CONSIDERED',
          positioning: 'no approval workflow',
          advantages: ['faster scanner'],
        },
      ],
    },
  },
  DISCOUNT: {
    quotes: [['I can offer you a discount of 10 percent for the first year.', null]],
    value: { discussed: true, rate: 10, amount: null },
  },
  BUYER_ENGAGEMENT: { quotes: [['I am very excited to get going.', null]], value: { score: 9 } },
  OPEN_QUESTION: { quotes: [[amount, null]], value: { answer: 'About four thousand.' } },
  YES_NO: { quotes: [['The budget is approved', null]], value: { answer: 'YES' } },
  CHECKLIST: {
    quotes: [
      [price, 'price'],
      [contract, 'next-step'],
    ],
    value: {
      items: [
        { key: 'price', rationale: 'The price is named.', outcome: 'MET' },
        { key: 'next-step', rationale: 'The pilot begins on Monday.', outcome: 'MET' },
      ],
    },
  },
  MARKDOWN: {
    quotes: [['We lose invoices', null]],
    value: { markdown: '- Invoices get lost\n- The pilot begins on Monday' },
  },
  GROUP: { quotes: [[price, null]], value: { bucket: 'sales' } },
  SCALE: { quotes: [['I am very excited to get going.', null]], value: { value: 5 } },
  FUNNEL: { quotes: [[price, null]], value: { stage: 'offer' } },
  SPIN_IMPROVEMENT: {
    quotes: [['We lose invoices', 'PROBLEM']],
    value: { weakest: ['PROBLEM'], suggestions: [{ quadrant: 'PROBLEM', text: 'Ask how often invoices get lost.' }] },
  },
  SPIN_DISTRIBUTION: { quotes: asked, value: null },
};

/** Plays a good model for the conversations of the contract suite: what is not in its script was not discussed. */
export const contractResponder: Responder = (request) => {
  const { conversation, question, kind } = readPrompt(request);
  if (kind === 'NOTES') return { notes: [] };
  if (question === null) return extractionOf(conversation);
  const { quotes, value } = script[question.type];
  const evidence = quotes.flatMap(([quote, part]) =>
    placesOf(conversation, quote).map((turn) => ({ turn, quote, part })),
  );
  if (evidence.length === 0) {
    return { evidence, rationale: 'Nobody speaks of it.', outcome: 'NOT_DISCUSSED', value: null, confidence: 0.9 };
  }
  const questions = evidence.map(({ turn, quote, part }) => ({ turn, quote, quadrant: part }));
  const given = question.type === 'SPIN_DISTRIBUTION' ? { questions } : value;
  return { evidence, rationale: 'It is said in these words.', outcome: 'ANSWERED', value: given, confidence: 0.9 };
};

const placesOf = ({ turns }: AnalysedConversation, quote: string): number[] =>
  turns.flatMap(({ index, text }) => (text.includes(quote) ? [index] : []));

function extractionOf(conversation: AnalysedConversation): unknown {
  const evidence = placesOf(conversation, contract).map((turn) => ({ turn, quote: contract }));
  return {
    summary: 'Dana and Marlow agree on a pilot that begins on Monday.',
    keyPoints: [{ text: 'The pilot begins on Monday.', evidence }],
    actionItems: actionItems.map((item) => ({ ...item, evidence })),
    topics: ['invoices', 'pilot'],
  };
}
