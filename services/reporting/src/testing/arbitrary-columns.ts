import {
  checklistOutcomes,
  competitorStances,
  conversationStatuses,
  everything,
  media,
  ruleOutcomes,
  runKinds,
  spinQuadrants,
  tagMatches,
  type Question,
  type ReportFilter,
} from '@harmony/contracts';
import fc from 'fast-check';
import type { ConversationRecord } from '../columns/conversation.js';
import { MutableColumns } from '../columns/mutable-columns.js';
import type { AnswerValue, Cell } from '../domain/columns.js';
import type { ReportDefinition } from '../domain/definition.js';
import type { Reader } from '../domain/mask.js';

const id = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const ids = (count: number) => fc.integer({ min: 1, max: count }).map(id);
const perhaps = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null });

export const dayMs = 86_400_000;
export const firstDay = Date.UTC(2026, 0, 1);

const parts = (keys: readonly string[]) => keys.map((key) => ({ key, name: key.toUpperCase(), description: '' }));

/** One definition a type of question whose answers have figures; the answers also have keys that it no longer asks. */
export const questions: readonly Question[] = [
  { type: 'YES_NO', question: 'Is there a budget?' },
  { type: 'GROUP', buckets: parts(['a', 'b', 'c']) },
  { type: 'FUNNEL', stages: parts(['a', 'b', 'c']) },
  {
    type: 'CHECKLIST',
    items: [
      { key: 'a', text: 'Asks' },
      { key: 'b', text: 'Thanks' },
    ],
  },
  { type: 'DISCOUNT' },
  { type: 'BUYER_ENGAGEMENT' },
  { type: 'SCALE', question: 'How happy?', min: 1, max: 5, labels: { 1: 'not at all' } },
  { type: 'COMPETITORS', track: [], exclude: [] },
  { type: 'SPIN_DISTRIBUTION' },
  { type: 'SPIN_IMPROVEMENT' },
  { type: 'SUMMARY' },
];

export const definitions: readonly ReportDefinition[] = questions.map((question, at) => ({
  ...{ id: id(100 + at), title: question.type, type: question.type, question },
  ...{ isActive: true, isRemoved: false, ordinal: at, successAnswer: 'NO' },
}));

const keys = fc.constantFrom('a', 'b', 'c', 'former');
const outcomes = fc.constantFrom(...checklistOutcomes);
const amounts = fc.constantFrom(0, 2.5, 10, 33);

const values: Record<Question['type'], fc.Arbitrary<AnswerValue>> = {
  YES_NO: fc.constantFrom('YES', 'NO'),
  GROUP: keys,
  FUNNEL: keys,
  CHECKLIST: fc.dictionary(keys, outcomes),
  DISCOUNT: fc.record({
    ...{ isDiscussed: fc.boolean(), rate: perhaps(amounts), amount: perhaps(amounts) },
    currency: perhaps(fc.constantFrom('EUR', 'USD')),
  }),
  BUYER_ENGAGEMENT: fc.integer({ min: 0, max: 10 }),
  SCALE: fc.integer({ min: 0, max: 7 }),
  COMPETITORS: fc.array(
    fc.record({
      name: fc.constantFrom('Acme', 'ACME', ' acme', 'Beta  One', 'beta one'),
      stance: fc.constantFrom(...competitorStances),
    }),
    { maxLength: 3 },
  ),
  SPIN_DISTRIBUTION: fc.record({
    SITUATION: fc.nat(4),
    PROBLEM: fc.nat(4),
    IMPLICATION: fc.nat(1),
    NEED_PAYOFF: fc.nat(1),
  }),
  SPIN_IMPROVEMENT: fc.uniqueArray(fc.constantFrom(...spinQuadrants)),
  SUMMARY: fc.constant(null),
  OPEN_QUESTION: fc.constant(null),
  MARKDOWN: fc.constant(null),
};

const cellOf = (type: Question['type']): fc.Arbitrary<Cell> =>
  fc.oneof(
    { weight: 3, arbitrary: values[type].map((value): Cell => ({ outcome: 'ANSWERED', value })) },
    fc.constantFrom<Cell>({ outcome: 'PENDING' }, { outcome: 'NOT_DISCUSSED' }, { outcome: 'FAILED' }),
  );

const cells = fc
  .tuple(...definitions.map((definition) => perhaps(cellOf(definition.type))))
  .map((all) => all.flatMap((cell, at) => (cell === null ? [] : [{ definitionId: definitions[at]!.id, cell }])));

const fieldValue = fc.constantFrom<unknown>('Gold', 'silver', 3, 5, true, ['Gold', 'x'], '2026-01-31');

export const goalId = id(200);
export const scorecardId = id(300);

export const record: fc.Arbitrary<ConversationRecord> = fc.record({
  conversationId: ids(30),
  runId: ids(30),
  happenedAt: fc.integer({ min: 0, max: 40 * 24 }).map((hours) => firstDay + hours * 3_600_000),
  ...{ teamId: perhaps(ids(3)), ownerId: perhaps(ids(3)), contactId: perhaps(ids(3)) },
  ...{ medium: fc.constantFrom(...media), status: fc.constantFrom(...conversationStatuses) },
  tags: fc.uniqueArray(fc.constantFrom('demo', 'Demo ', 'discovery', 'won')),
  customFields: fc.dictionary(fc.constantFrom('tier', 'seats'), fieldValue),
  ...{ runKind: fc.constantFrom(...runKinds), revisionId: perhaps(ids(3)) },
  access: fc.record({ ownerId: perhaps(ids(3)), createdBy: perhaps(ids(3)), teamId: perhaps(ids(3)) }),
  cells,
  goals: perhaps(fc.constantFrom(...ruleOutcomes)).map((outcome) => (outcome === null ? [] : [{ goalId, outcome }])),
  scorecards: perhaps(perhaps(fc.constantFrom(0, 9.9, 10, 55, 100))).map((score) => [{ scorecardId, score }]),
});

/** Each conversation once. */
export const records = fc.uniqueArray(record, { selector: ({ conversationId }) => conversationId, maxLength: 30 });

const some = <Value>(value: fc.Arbitrary<Value>) =>
  fc.oneof({ weight: 4, arbitrary: fc.constant<Value[]>([]) }, fc.array(value, { maxLength: 2 }));

const customField = fc
  .record({
    key: fc.constantFrom('tier', 'seats', 'nowhere'),
    operator: fc.constantFrom('EQUALS', 'NOT_EQUALS', 'AT_LEAST', 'AT_MOST', 'IS_SET'),
    value: fc.constantFrom('GOLD', '2026-01-01', 3, 4, true),
  })
  .map(({ value, ...field }) => ({ ...field, value: field.operator === 'IS_SET' ? null : value })) as fc.Arbitrary<
  ReportFilter['customFields'][number]
>;

const day = fc.integer({ min: -5, max: 45 }).map((days) => firstDay + days * dayMs);

export const filter: fc.Arbitrary<ReportFilter> = fc
  .record({
    range: perhaps(fc.tuple(day, fc.integer({ min: 1, max: 30 }))),
    ...{ teamIds: some(ids(3)), ownerIds: some(ids(3)), contactIds: some(ids(3)), revisionIds: some(ids(3)) },
    ...{ tags: some(fc.constantFrom('DEMO', 'won', 'nowhere')), tagMatch: fc.constantFrom(...tagMatches) },
    ...{ statuses: some(fc.constantFrom(...conversationStatuses)), media: some(fc.constantFrom(...media)) },
    ...{ runKinds: some(fc.constantFrom(...runKinds)), customFields: some(customField) },
  })
  .map(({ range, ...rest }) => ({
    ...everything,
    ...rest,
    from: range && new Date(range[0]).toISOString(),
    to: range && new Date(range[0] + range[1] * dayMs).toISOString(),
  }));

export const reader: fc.Arbitrary<Reader> = fc.record({
  scope: fc.constantFrom('all', 'all', 'team', 'own'),
  userId: ids(3),
  teamIds: fc.uniqueArray(ids(3), { maxLength: 2 }),
});

export function columnsOf(conversations: readonly ConversationRecord[]): MutableColumns {
  const columns = new MutableColumns();
  for (const conversation of conversations) columns.put(conversation);
  return columns;
}
