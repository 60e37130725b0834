import type { AttributeCondition, Medium } from '@harmony/contracts';

/** What is known of a conversation without asking anybody. */
export interface ConversationFacts {
  readonly teamId: string | null;
  readonly ownerId: string;
  readonly medium: Medium;
  readonly tags: readonly string[];
  readonly customFields: Readonly<Record<string, unknown>>;
  /** When it took place, else when it came in; ISO 8601. */
  readonly date: string;
  readonly words: number;
  /** Null where the transcript states no times. */
  readonly durationMs: number | null;
}

/** Whether something holds, and why, in a sentence for people. */
export interface Judgement<Verdict extends string = 'MET' | 'NOT_MET'> {
  readonly verdict: Verdict;
  readonly detail: string;
}

type FieldValue = Extract<AttributeCondition, { attribute: 'CUSTOM_FIELD' }>['value'];
type Filter<Attribute extends AttributeCondition['attribute']> = Extract<AttributeCondition, { attribute: Attribute }>;

const judged = (holds: boolean, detail: string): Judgement => ({ verdict: holds ? 'MET' : 'NOT_MET', detail });

/** A plain filter over the facts: no model is asked (P1). */
export function evaluateAttribute(condition: AttributeCondition, facts: ConversationFacts): Judgement {
  switch (condition.attribute) {
    case 'DURATION_MINUTES':
      return withinMinutes(condition, facts.durationMs);
    case 'WORDS':
      return within(condition, facts.words, 'words');
    case 'TAGS':
      return tagged(condition, facts.tags);
    case 'CUSTOM_FIELD':
      return withField(condition, facts.customFields[condition.key]);
    case 'DATE':
      return dated(condition, facts.date);
    case 'MEDIUM':
      return judged(condition.anyOf.includes(facts.medium), `${facts.medium}; asked for is ${or(condition.anyOf)}.`);
    case 'OWNER': {
      const isOne = condition.anyOf.some((id) => same(id, facts.ownerId));
      return judged(isOne, isOne ? 'The owner is one of those asked for.' : 'The owner is none of those asked for.');
    }
  }
}

function withinMinutes(range: Filter<'DURATION_MINUTES'>, durationMs: number | null): Judgement {
  if (durationMs !== null) return within(range, Math.round(durationMs / 600) / 100, 'minutes');
  const isOpen = range.minimum === null && range.maximum === null;
  return judged(isOpen, 'The transcript states no times, so its length in minutes is not known.');
}

function within({ minimum, maximum }: Filter<'WORDS' | 'DURATION_MINUTES'>, value: number, unit: string): Judgement {
  const bounds = [minimum === null ? [] : `at least ${minimum}`, maximum === null ? [] : `at most ${maximum}`].flat();
  const asked = bounds.length > 0 ? `asked for are ${bounds.join(' and ')}` : 'any number will do';
  return judged((minimum ?? 0) <= value && value <= (maximum ?? Infinity), `${value} ${unit}; ${asked}.`);
}

function tagged({ match, tags }: Filter<'TAGS'>, present: readonly string[]): Judgement {
  const found = tags.filter((tag) => present.some((one) => same(one, tag)));
  const holds = { ANY: found.length > 0, ALL: found.length === tags.length, NONE: found.length === 0 }[match];
  const wanted = { ANY: 'any of', ALL: 'all of', NONE: 'none of' }[match];
  return judged(holds, `Has ${found.join(', ') || 'none'}; asked for is ${wanted} ${tags.join(', ')}.`);
}

function withField({ key, operator, value }: Filter<'CUSTOM_FIELD'>, unknown: unknown): Judgement {
  const actual = asValue(unknown);
  const is = actual === null ? `${key} is not set` : `${key} is ${actual}`;
  switch (operator) {
    case 'IS_SET':
      return judged(actual !== null, `${is}; asked for is any value.`);
    case 'EQUALS':
      return judged(equal(actual, value), `${is}; asked for is ${value}.`);
    case 'NOT_EQUALS':
      return judged(!equal(actual, value), `${is}; asked for is anything but ${value}.`);
    case 'AT_LEAST':
      return judged(compare(actual, value) >= 0, `${is}; asked for is at least ${value}.`);
    case 'AT_MOST':
      return judged(compare(actual, value) <= 0, `${is}; asked for is at most ${value}.`);
  }
}

const asValue = (value: unknown): FieldValue =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;

/** Numbers with numbers, and dates with dates, whose text has the order of time; NaN for what has no order. */
function compare(actual: FieldValue, value: FieldValue): number {
  if (typeof actual === 'number' && typeof value === 'number') return actual - value;
  if (typeof actual !== 'string' || typeof value !== 'string') return NaN;
  return Number(actual > value) - Number(actual < value);
}

function dated({ from, to }: Filter<'DATE'>, date: string): Judgement {
  const at = Date.parse(date);
  const holds = (from === null || Date.parse(from) <= at) && (to === null || at < Date.parse(to));
  const bounds = [from === null ? [] : `from ${from}`, to === null ? [] : `before ${to}`].flat();
  return judged(holds, `Took place at ${date}; asked for is ${bounds.join(' and ') || 'any time'}.`);
}

const folded = (text: string): string => text.normalize('NFKC').trim().toLowerCase();

/** Text is compared without case, as people read it. */
const same = (left: string, right: string): boolean => folded(left) === folded(right);

const equal = (left: unknown, right: unknown): boolean =>
  typeof left === 'string' && typeof right === 'string' ? same(left, right) : left === right;

const or = (values: readonly string[]): string => values.join(' or ');
