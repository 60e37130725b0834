import type { Answer, AnswerOf, Condition, Question, RuleOutcome } from '@harmony/contracts';

/** What a rule knows of a result: an answer, that nobody spoke of it, or that there is none. */
export type RuleResult =
  | { readonly outcome: 'ANSWERED'; readonly answer: Answer; readonly question: Question }
  | { readonly outcome: 'NOT_DISCUSSED' }
  | { readonly outcome: 'FAILED' };

type Answered = Extract<RuleResult, { outcome: 'ANSWERED' }>;

/** Results by the id of their definition. */
export type RuleResults = ReadonlyMap<string, RuleResult>;

const decided = (holds: boolean): RuleOutcome => (holds ? 'MET' : 'NOT_MET');

/** That nobody spoke of it answers these questions: there was no answer, no discount, no competitor. */
function undiscussed(condition: Condition): RuleOutcome {
  switch (condition.test) {
    case 'IS_ANSWERED':
    case 'COMPETITOR_MENTIONED':
      return 'NOT_MET';
    case 'DISCOUNT_DISCUSSED':
      return decided(!condition.discussed);
    default:
      return 'UNKNOWN';
  }
}

/** Whether a condition holds; UNKNOWN where its result cannot tell. */
export function evaluateCondition(condition: Condition, results: RuleResults): RuleOutcome {
  const result = results.get(condition.definitionId);
  if (!result || result.outcome === 'FAILED') return 'UNKNOWN';
  return result.outcome === 'NOT_DISCUSSED' ? undiscussed(condition) : answered(condition, result);
}

function answered(condition: Condition, { answer, question }: Answered): RuleOutcome {
  switch (condition.test) {
    case 'IS_ANSWERED':
      return 'MET';
    case 'NUMBER':
      return compared(condition, numberOf(condition.of, answer));
    case 'STAGE_REACHED':
      return stageReached(condition.stage, answer, question);
    case 'ITEM_MET':
      return itemMet(condition.item, answer);
    default:
      return held(condition, answer);
  }
}

type Simple = Extract<Condition, { test: 'ANSWER_IS' | 'BUCKET_IN' | 'DISCOUNT_DISCUSSED' | 'COMPETITOR_MENTIONED' }>;

function held(condition: Simple, answer: Answer): RuleOutcome {
  if (condition.test === 'ANSWER_IS' && answer.type === 'YES_NO') return decided(answer.answer === condition.answer);
  if (condition.test === 'BUCKET_IN' && answer.type === 'GROUP') {
    return decided(condition.buckets.includes(answer.bucket));
  }
  if (condition.test === 'DISCOUNT_DISCUSSED' && answer.type === 'DISCOUNT') {
    return decided(answer.discussed === condition.discussed);
  }
  if (condition.test === 'COMPETITOR_MENTIONED' && answer.type === 'COMPETITORS') {
    return decided(isMentioned(condition.name, answer));
  }
  return 'UNKNOWN';
}

function numberOf(of: Extract<Condition, { test: 'NUMBER' }>['of'], answer: Answer): number | null {
  switch (answer.type) {
    case 'SCALE':
      return of === 'VALUE' ? answer.value : null;
    case 'BUYER_ENGAGEMENT':
      return of === 'VALUE' ? answer.score : null;
    case 'DISCOUNT':
      return discountNumber(of, answer);
    case 'CHECKLIST':
      return of === 'ITEMS_MET' ? answer.items.filter(({ outcome }) => outcome === 'MET').length : null;
    default:
      return null;
  }
}

function discountNumber(of: string, { rate, amount }: AnswerOf<'DISCOUNT'>): number | null {
  if (of === 'RATE') return rate;
  return of === 'AMOUNT' ? (amount?.value ?? null) : null;
}

function compared({ operator, number }: Extract<Condition, { test: 'NUMBER' }>, value: number | null): RuleOutcome {
  if (value === null) return 'UNKNOWN';
  if (operator === 'EQUALS') return decided(value === number);
  return decided(operator === 'AT_LEAST' ? value >= number : value <= number);
}

function stageReached(stage: string, answer: Answer, question: Question): RuleOutcome {
  if (answer.type !== 'FUNNEL' || question.type !== 'FUNNEL') return 'UNKNOWN';
  const place = (key: string): number => question.stages.findIndex((one) => one.key === key);
  return place(stage) < 0 ? 'UNKNOWN' : decided(place(answer.stage) >= place(stage));
}

/** An item that nobody spoke of was not met: whoever rates a conversation wants to have heard it. */
function itemMet(key: string, answer: Answer): RuleOutcome {
  const item = answer.type === 'CHECKLIST' ? answer.items.find((one) => one.key === key) : undefined;
  return item ? decided(item.outcome === 'MET') : 'UNKNOWN';
}

const isMentioned = (name: string | null, { mentions }: AnswerOf<'COMPETITORS'>): boolean =>
  name === null ? mentions.length > 0 : mentions.some((one) => one.name.toLowerCase() === name.toLowerCase());
