import type { Answer, Finding, InsightType, Question } from '@harmony/contracts';
import type { Gold, GoldOf } from '../loading/gold-format.js';
import { contains, mentions } from './mentions.js';
import { judged, overlap, share, type Observation } from './observation.js';

/** The value of an answer; undefined when nobody spoke of it or when the answer failed. */
export type Given<Type extends InsightType> = Extract<Answer, { type: Type }> | undefined;

/** Null stands for an answer that failed. */
export type Scored = Finding | null;

const spoken = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');

function competitors(given: Given<'COMPETITORS'>, { mentioned }: GoldOf<'COMPETITORS'>): Observation[] {
  const found = given?.mentions ?? [];
  const expected = new Map(mentioned.map((one) => [spoken(one.name), one]));
  const right = new Map(found.flatMap((one) => (expected.has(spoken(one.name)) ? [[spoken(one.name), one]] : [])));
  const stances = [...right].filter(([name]) => expected.get(name)?.stance);
  const sameStance = stances.filter(([name, { stance }]) => expected.get(name)?.stance === stance);
  return [overlap('f1', right.size, found.length, expected.size), share('stance', sameStance.length, stances.length)];
}

function discount(finding: Scored, { discussed, rate, amount }: GoldOf<'DISCOUNT'>): Observation[] {
  const given = valueOf('DISCOUNT', finding);
  const isNear = (value: number | null | undefined, wanted: number): boolean =>
    Math.abs((value ?? NaN) - wanted) < 0.01;
  const numbers = [
    ...(typeof rate === 'number' ? [isNear(given?.rate, rate)] : []),
    ...(amount ? [isNear(given?.amount?.value, amount.value) && given?.amount?.currency === amount.currency] : []),
  ];
  return [
    judged('discussed', finding !== null && (given?.discussed ?? false) === discussed),
    share('number', numbers.filter(Boolean).length, numbers.length),
  ];
}

function openQuestion(finding: Scored, { answerContains, noAnswer }: GoldOf<'OPEN_QUESTION'>): Observation[] {
  if (noAnswer) return [judged('contains', finding?.outcome === 'NOT_DISCUSSED')];
  const given = valueOf('OPEN_QUESTION', finding)?.answer ?? '';
  const wanted = answerContains ?? [];
  return [
    judged(
      'contains',
      wanted.every((alternatives) => alternatives.some((one) => contains(given, one))),
    ),
  ];
}

function checklist(finding: Scored, { items }: GoldOf<'CHECKLIST'>): Observation[] {
  const given = valueOf('CHECKLIST', finding);
  const met = new Set(given?.items.filter(({ outcome }) => outcome === 'MET').map(({ key }) => key));
  const wanted = Object.entries(items);
  const right = wanted.filter(([key, item]) => met.has(key) === item.met).length;
  return [share('items', finding ? right : 0, wanted.length)];
}

function funnel(given: Given<'FUNNEL'>, gold: GoldOf<'FUNNEL'>, question: Question): Observation[] {
  const stages = question.type === 'FUNNEL' ? question.stages : [];
  const place = (key: string | undefined): number => stages.findIndex((stage) => stage.key === key);
  const distance = given ? Math.abs(place(given.stage) - place(gold.stage)) : Infinity;
  return [judged('withinOne', distance <= 1), judged('exact', distance === 0)];
}

function spin(given: Given<'SPIN_DISTRIBUTION'>, { questionTurns }: GoldOf<'SPIN_DISTRIBUTION'>): Observation[] {
  const found = (given?.questions ?? []).map(({ turn, quadrant }) => ({ turn, kind: `${turn} ${quadrant}` }));
  const expected = Object.entries(questionTurns).flatMap(([quadrant, turns]) =>
    (turns ?? []).map((turn) => ({ turn, kind: `${turn} ${quadrant}` })),
  );
  const sets = <Part>(part: (one: { turn: number; kind: string }) => Part, measure: string): Observation => {
    const [left, right] = [new Set(found.map(part)), new Set(expected.map(part))];
    return overlap(measure, [...left].filter((one) => right.has(one)).length, left.size, right.size);
  };
  return [sets(({ kind }) => kind, 'f1'), sets(({ turn }) => turn, 'turnsF1')];
}

function summary(given: Given<'SUMMARY'>, { mustMention, actionItems }: GoldOf<'SUMMARY'>): Observation[] {
  const items = given?.actionItems ?? [];
  const text = [given?.overview ?? '', ...(given?.keyPoints ?? []), ...items.map((item) => item.text)].join('\n');
  const todo = items.map((item) => `${item.owner ?? ''} ${item.text} ${item.due ?? ''}`);
  const matched = actionItems.filter((item) => todo.some((one) => mentions(one, [item.text]) > 0));
  return [
    share('mentioned', mentions(text, mustMention), mustMention.length),
    share('actionItems', matched.length, actionItems.length),
  ];
}

function weakest(given: Given<'SPIN_IMPROVEMENT'>, gold: GoldOf<'SPIN_IMPROVEMENT'>): Observation[] {
  const first = given?.weakest[0];
  const isRight = gold.weakest.length === 0 ? given !== undefined && !first : first && gold.weakest.includes(first);
  return [judged('weakest', isRight === true)];
}

const within = (value: number | undefined, wanted: number, tolerance: number): Observation =>
  judged('withinTolerance', Math.abs((value ?? NaN) - wanted) <= tolerance);

function valueOf<Type extends InsightType>(type: Type, finding: Scored): Given<Type> {
  return finding?.outcome === 'ANSWERED' && finding.answer.type === type ? (finding.answer as Given<Type>) : undefined;
}

type Scorer<Type extends InsightType> = (finding: Scored, expected: GoldOf<Type>, question: Question) => Observation[];

const scorers: { readonly [Type in InsightType]: Scorer<Type> } = {
  SUMMARY: (finding, expected) => summary(valueOf('SUMMARY', finding), expected),
  COMPETITORS: (finding, expected) => competitors(valueOf('COMPETITORS', finding), expected),
  DISCOUNT: discount,
  BUYER_ENGAGEMENT: (finding, { score, tolerance }) => [
    within(valueOf('BUYER_ENGAGEMENT', finding)?.score, score, tolerance),
  ],
  OPEN_QUESTION: openQuestion,
  YES_NO: (finding, { answer }) => [judged('accuracy', valueOf('YES_NO', finding)?.answer === answer)],
  CHECKLIST: checklist,
  MARKDOWN: (finding, { mustMention }) => {
    const text = valueOf('MARKDOWN', finding)?.markdown ?? '';
    return [share('mentioned', mentions(text, mustMention), mustMention.length)];
  },
  GROUP: (finding, { bucket }) => [judged('accuracy', valueOf('GROUP', finding)?.bucket === bucket)],
  SCALE: (finding, { value, tolerance }) => [within(valueOf('SCALE', finding)?.value, value, tolerance)],
  FUNNEL: (finding, expected, question) => funnel(valueOf('FUNNEL', finding), expected, question),
  SPIN_IMPROVEMENT: (finding, expected) => weakest(valueOf('SPIN_IMPROVEMENT', finding), expected),
  SPIN_DISTRIBUTION: (finding, expected) => spin(valueOf('SPIN_DISTRIBUTION', finding), expected),
};

/**
 * Scores one answer against what a person found. The first observation is the main one of the type.
 * A failed answer has nothing right; one that was not discussed is right only where nothing should have been found.
 */
export function scoreAnswer({ type, expected }: Gold, question: Question, finding: Scored): Observation[] {
  return (scorers[type] as Scorer<InsightType>)(finding, expected, question);
}
