import type { Answer, AnswerOf } from '@harmony/contracts';
import type { Row } from '@harmony/read-model';

/**
 * An answer as columns, so that figures are made of numbers and words of a closed set rather than of documents.
 * What a type of question has no use for is absent.
 */
export function answerColumns(answer: Answer): Row {
  switch (answer.type) {
    case 'YES_NO':
      return { choice: answer.answer };
    case 'GROUP':
      return { choice: answer.bucket };
    case 'FUNNEL':
      return { choice: answer.stage };
    case 'BUYER_ENGAGEMENT':
      return { number: answer.score };
    case 'SCALE':
      return { number: answer.value };
    case 'CHECKLIST':
      return checklistColumns(answer);
    case 'DISCOUNT':
      return discountColumns(answer);
    case 'COMPETITORS':
      return competitorColumns(answer);
    case 'SPIN_DISTRIBUTION':
      return { parts: answer.counts };
    case 'SPIN_IMPROVEMENT':
      return { parts: answer.weakest, text: answer.suggestions.map(({ text }) => text).join('\n') };
    default:
      return { text: textOf(answer) };
  }
}

function textOf(answer: AnswerOf<'SUMMARY' | 'OPEN_QUESTION' | 'MARKDOWN'>): string {
  switch (answer.type) {
    case 'SUMMARY':
      return [answer.overview, ...answer.keyPoints].join('\n');
    case 'OPEN_QUESTION':
      return answer.answer;
    case 'MARKDOWN':
      return answer.markdown;
  }
}

const checklistColumns = ({ items }: AnswerOf<'CHECKLIST'>): Row => ({
  number: items.filter(({ outcome }) => outcome === 'MET').length,
  parts: Object.fromEntries(items.map(({ key, outcome }) => [key, outcome])),
});

const competitorColumns = ({ mentions }: AnswerOf<'COMPETITORS'>): Row => ({
  parts: mentions.map(({ name, stance }) => ({ name, stance })),
  text: mentions.map(({ name }) => name).join(', '),
});

const discountColumns = ({ discussed, rate, amount }: AnswerOf<'DISCOUNT'>): Row => ({
  is_discussed: discussed,
  number: rate,
  amount: amount?.value,
  currency: amount?.currency,
});
