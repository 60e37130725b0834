import { createHash } from 'node:crypto';
import type { Answer, AnswerOf, Finding } from '@harmony/contracts';
import { normalisedText } from './normalised-text.js';

/**
 * What two findings are compared by (D5). They are the same where the keys are equal and no number moved by more than
 * half a step.
 */
export interface Comparable {
  /** Everything that is compared by value, lists as sets, texts normalised; 32 hex digits where it is long. */
  readonly key: string;
  /** A score, a value of a scale (step 1), or a rate in per cent (step 1); null where none was named. */
  readonly number: number | null;
  /** Of money, in its currency (step 1); null where none was named. */
  readonly amount: number | null;
}

/** A number is another one when it moved by more than half a step, and the step of every number is 1. */
export const halfStep = 0.5;

/** Nobody spoke of it: a value of its own, which is no answer's. */
const abstained: Comparable = { key: '-', number: null, amount: null };

/** The parts of a finding that say whether it is another one; rationale, confidence and evidence are none of them. */
export function comparable(finding: Finding): Comparable {
  if (finding.outcome === 'NOT_DISCUSSED') return abstained;
  return { ...comparedValue(finding.answer), ...comparedNumbers(finding.answer) };
}

const comparedValue = (answer: Answer): Pick<Comparable, 'key'> => ({ key: keyOf([answer.type, ...valueOf(answer)]) });

function comparedNumbers(answer: Answer): Omit<Comparable, 'key'> {
  switch (answer.type) {
    case 'BUYER_ENGAGEMENT':
      return { number: answer.score, amount: null };
    case 'SCALE':
      return { number: answer.value, amount: null };
    case 'DISCOUNT':
      return { number: answer.rate, amount: answer.amount?.value ?? null };
    default:
      return { number: null, amount: null };
  }
}

/** What is compared by value, in an order that does not depend on the answer's. */
function valueOf(answer: Answer): readonly unknown[] {
  switch (answer.type) {
    case 'YES_NO':
      return [answer.answer];
    case 'GROUP':
      return [answer.bucket];
    case 'FUNNEL':
      return [answer.stage];
    case 'BUYER_ENGAGEMENT':
    case 'SCALE':
      return [];
    case 'DISCOUNT':
      return [answer.discussed, answer.amount?.currency ?? null];
    case 'CHECKLIST':
      return setOf(answer.items.map(({ key, outcome }) => [key, outcome]));
    case 'COMPETITORS':
      return setOf(answer.mentions.map(({ name, stance }) => [normalisedText(name), stance]));
    case 'SPIN_DISTRIBUTION':
      return setOf(Object.entries(answer.counts));
    default:
      return valueOfText(answer);
  }
}

function valueOfText(
  answer: AnswerOf<'SUMMARY' | 'OPEN_QUESTION' | 'MARKDOWN' | 'SPIN_IMPROVEMENT'>,
): readonly unknown[] {
  switch (answer.type) {
    case 'OPEN_QUESTION':
      return [normalisedText(answer.answer)];
    case 'MARKDOWN':
      return [normalisedText(answer.markdown)];
    case 'SUMMARY':
      return [
        normalisedText(answer.overview),
        setOf(answer.keyPoints.map(normalisedText)),
        setOf(
          answer.actionItems.map(({ text, owner, due }) => [text, owner, due].map((one) => normalisedText(one ?? ''))),
        ),
      ];
    case 'SPIN_IMPROVEMENT':
      return [
        setOf(answer.weakest),
        setOf(answer.suggestions.map(({ quadrant, text }) => [quadrant, normalisedText(text)])),
      ];
  }
}

/** A list whose order and repetitions say nothing. */
const setOf = (values: readonly unknown[]): readonly string[] =>
  [...new Set(values.map((value) => JSON.stringify(value)))].sort();

const longestPlainKey = 32;

function keyOf(value: readonly unknown[]): string {
  const key = JSON.stringify(value);
  return key.length <= longestPlainKey ? key : createHash('sha256').update(key).digest('hex').slice(0, longestPlainKey);
}
