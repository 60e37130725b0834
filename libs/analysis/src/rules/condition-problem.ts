import type { Condition, InsightType, Question } from '@harmony/contracts';

const typesOf: Readonly<Record<Exclude<Condition['test'], 'NUMBER' | 'IS_ANSWERED'>, InsightType>> = {
  ANSWER_IS: 'YES_NO',
  BUCKET_IN: 'GROUP',
  STAGE_REACHED: 'FUNNEL',
  ITEM_MET: 'CHECKLIST',
  DISCOUNT_DISCUSSED: 'DISCOUNT',
  COMPETITOR_MENTIONED: 'COMPETITORS',
};

const numberTypes: Readonly<Record<Extract<Condition, { test: 'NUMBER' }>['of'], readonly InsightType[]>> = {
  VALUE: ['SCALE', 'BUYER_ENGAGEMENT'],
  RATE: ['DISCOUNT'],
  AMOUNT: ['DISCOUNT'],
  ITEMS_MET: ['CHECKLIST'],
};

function typesFor(condition: Condition): readonly InsightType[] | undefined {
  if (condition.test === 'IS_ANSWERED') return undefined;
  return condition.test === 'NUMBER' ? numberTypes[condition.of] : [typesOf[condition.test]];
}

/** Why a condition cannot be asked of the results of a question; undefined where it can. */
export function conditionProblem(condition: Condition, question: Question): string | undefined {
  const types = typesFor(condition);
  if (types && !types.includes(question.type)) {
    return `${condition.test} is asked of ${types.join(' or ')}; the definition is of type ${question.type}.`;
  }
  const unknown = unknownKeys(condition, question);
  return unknown.length > 0 ? `The definition has no ${unknown.join(', ')}.` : undefined;
}

function unknownKeys(condition: Condition, question: Question): string[] {
  const missing = (wanted: readonly string[], parts: readonly { readonly key: string }[]): string[] =>
    wanted.filter((key) => !parts.some((part) => part.key === key));
  if (condition.test === 'BUCKET_IN' && question.type === 'GROUP') return missing(condition.buckets, question.buckets);
  if (condition.test === 'STAGE_REACHED' && question.type === 'FUNNEL')
    return missing([condition.stage], question.stages);
  if (condition.test === 'ITEM_MET' && question.type === 'CHECKLIST') return missing([condition.item], question.items);
  return [];
}
