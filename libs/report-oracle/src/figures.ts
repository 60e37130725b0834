import {
  competitorStances,
  engagementBands,
  spinQuadrants,
  type Answer,
  type AnswerOf,
  type Question,
  type QuestionOf,
} from '@harmony/contracts';
import { countOf, describe, mean, share, sum } from './statistics.js';

/** What the answers of a definition come to, and the number and the parts that its trend shows. */
export interface OracleFigures {
  readonly figures: Readonly<Record<string, unknown>>;
  readonly value: number | null;
  readonly parts: readonly { readonly key: string; readonly count: number }[];
}

const inOrder = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

interface Part {
  readonly key: string;
  readonly name: string;
  readonly isFormer: boolean;
}

function partsOf(
  current: readonly { readonly key: string; readonly name: string }[],
  given: readonly string[],
): Part[] {
  const former = [...new Set(given)].filter((key) => !current.some((one) => one.key === key)).sort(inOrder);
  return [
    ...current.map(({ key, name }) => ({ key, name, isFormer: false })),
    ...former.map((key) => ({ key, name: key, isFormer: true })),
  ];
}

function yesNo(answers: readonly AnswerOf<'YES_NO'>[], successAnswer: 'YES' | 'NO'): OracleFigures {
  const yes = countOf(answers, ({ answer }) => answer === 'YES');
  const no = answers.length - yes;
  const value = share(successAnswer === 'YES' ? yes : no, yes + no);
  const parts = [
    { key: 'YES', count: yes },
    { key: 'NO', count: no },
  ];
  return { figures: { type: 'YES_NO', yes, no, successAnswer, successShare: value }, value, parts };
}

function group(answers: readonly AnswerOf<'GROUP'>[], question: QuestionOf<'GROUP'>): OracleFigures {
  const given = answers.map(({ bucket }) => bucket);
  const buckets = partsOf(question.buckets, given).map((part) => {
    const count = countOf(given, (key) => key === part.key);
    return { ...part, count, share: share(count, given.length) };
  });
  return { figures: { type: 'GROUP', buckets }, value: null, parts: buckets.map(({ key, count }) => ({ key, count })) };
}

function checklist(answers: readonly AnswerOf<'CHECKLIST'>[], question: QuestionOf<'CHECKLIST'>): OracleFigures {
  const all = answers.flatMap(({ items }) => items);
  const current = question.items.map(({ key, text }) => ({ key, name: text }));
  const items = partsOf(
    current,
    all.map(({ key }) => key),
  ).map((part) => {
    const of = (outcome: string): number => countOf(all, (item) => item.key === part.key && item.outcome === outcome);
    const [met, notMet, notDiscussed] = [of('MET'), of('NOT_MET'), of('NOT_DISCUSSED')];
    return { ...part, met, notMet, notDiscussed, share: share(met, met + notMet) };
  });
  const [met, notMet] = [sum(items.map((item) => item.met)), sum(items.map((item) => item.notMet))];
  const value = share(met, met + notMet);
  const meanItemsMet = mean(answers.map((one) => countOf(one.items, ({ outcome }) => outcome === 'MET')));
  return {
    figures: { type: 'CHECKLIST', items, meanItemsMet, metShare: value },
    value,
    parts: items.map((item) => ({ key: item.key, count: item.met })),
  };
}

function funnel(answers: readonly AnswerOf<'FUNNEL'>[], question: QuestionOf<'FUNNEL'>): OracleFigures {
  const given = answers.map(({ stage }) => stage);
  const order = question.stages.map(({ key }) => key);
  const reachedBy = (place: number): number => countOf(given, (stage) => order.indexOf(stage) >= place);
  const stages = partsOf(question.stages, given).map((part, place) => {
    const stopped = countOf(given, (stage) => stage === part.key);
    if (part.isFormer) return { ...part, stopped, reached: null, conversion: null, share: null };
    const reached = reachedBy(place);
    const conversion = place === 0 ? null : share(reached, reachedBy(place - 1));
    return { ...part, stopped, reached, conversion, share: share(reached, given.length) };
  });
  const value = share(reachedBy(order.length - 1), given.length);
  return {
    figures: { type: 'FUNNEL', stages },
    value,
    parts: stages.map(({ key, stopped: count }) => ({ key, count })),
  };
}

function discount(answers: readonly AnswerOf<'DISCOUNT'>[]): OracleFigures {
  const discussed = countOf(answers, (answer) => answer.discussed);
  const notDiscussed = answers.length - discussed;
  const amounts = answers.flatMap(({ amount }) => amount ?? []);
  const currencies = [...new Set(amounts.map(({ currency }) => currency))].sort(inOrder);
  const figures = {
    ...{ type: 'DISCOUNT', discussed, notDiscussed, rate: describe(answers.flatMap(({ rate }) => rate ?? [])) },
    amounts: currencies.map((currency) => ({
      currency,
      ...describe(amounts.filter((amount) => amount.currency === currency).map(({ value }) => value)),
    })),
  };
  const parts = [
    { key: 'DISCUSSED', count: discussed },
    { key: 'NOT_DISCUSSED', count: notDiscussed },
  ];
  return { figures, value: share(discussed, answers.length), parts };
}

function distribution(numbers: readonly number[], min: number, max: number, labels: Record<string, string>) {
  const current = Array.from({ length: max - min + 1 }, (_, step) => min + step);
  const former = [...new Set(numbers)].filter((one) => !current.includes(one)).sort((left, right) => left - right);
  return [...current, ...former].map((value) => ({
    ...{ value, label: labels[value] ?? null, isFormer: !current.includes(value) },
    count: countOf(numbers, (one) => one === value),
  }));
}

function engagement(answers: readonly AnswerOf<'BUYER_ENGAGEMENT'>[]): OracleFigures {
  const scores = answers.map(({ score }) => score);
  const bandOf = (score: number): string => (score >= 8 ? 'STRONG' : score >= 6 ? 'MODERATE' : 'LIMITED');
  const bands = engagementBands.map((band) => {
    const count = countOf(scores, (score) => bandOf(score) === band);
    return { band, count, share: share(count, scores.length) };
  });
  const statistics = describe(scores);
  return {
    figures: { type: 'BUYER_ENGAGEMENT', statistics, distribution: distribution(scores, 0, 10, {}), bands },
    value: statistics.mean,
    parts: bands.map(({ band, count }) => ({ key: band, count })),
  };
}

function scale(answers: readonly AnswerOf<'SCALE'>[], { min, max, labels }: QuestionOf<'SCALE'>): OracleFigures {
  const values = answers.map(({ value }) => value);
  const [statistics, counts] = [describe(values), distribution(values, min, max, labels)];
  return {
    figures: { type: 'SCALE', statistics, distribution: counts },
    value: statistics.mean,
    parts: counts.map(({ value, count }) => ({ key: String(value), count })),
  };
}

const nameOf = (name: string): string => name.normalize('NFKC').trim().replaceAll(/\s+/gu, ' ').toLowerCase();

function competitors(answers: readonly AnswerOf<'COMPETITORS'>[]): OracleFigures {
  const firsts = answers.map(({ mentions }) =>
    mentions.filter((one, at) => mentions.findIndex(({ name }) => nameOf(name) === nameOf(one.name)) === at),
  );
  const all = firsts.flat();
  const named = [...new Set(all.map(({ name }) => nameOf(name)))].map((key) => {
    const own = all.filter(({ name }) => nameOf(name) === key);
    const often = (spelling: string): number => countOf(own, ({ name }) => name === spelling);
    const spellings = [...new Set(own.map(({ name }) => name))].sort(
      (left, right) => often(right) - often(left) || inOrder(left, right),
    );
    const stances = competitorStances.map((stance) => ({
      stance,
      count: countOf(own, (one) => one.stance === stance),
    }));
    return { name: spellings[0] ?? '', conversations: own.length, stances };
  });
  named.sort((left, right) => right.conversations - left.conversations || inOrder(left.name, right.name));
  const mentioned = countOf(answers, ({ mentions }) => mentions.length > 0);
  return {
    figures: { type: 'COMPETITORS', mentioned, competitors: named },
    value: share(mentioned, answers.length),
    parts: named.map(({ name, conversations }) => ({ key: name, count: conversations })),
  };
}

function spinDistribution(answers: readonly AnswerOf<'SPIN_DISTRIBUTION'>[]): OracleFigures {
  const of = (quadrant: (typeof spinQuadrants)[number]): number => sum(answers.map(({ counts }) => counts[quadrant]));
  const questions = sum(spinQuadrants.map(of));
  const quadrants = spinQuadrants.map((quadrant) => ({
    ...{ quadrant, questions: of(quadrant), share: share(of(quadrant), questions) },
  }));
  return {
    figures: { type: 'SPIN_DISTRIBUTION', questions, quadrants },
    value: null,
    parts: quadrants.map(({ quadrant, questions: count }) => ({ key: quadrant, count })),
  };
}

function spinImprovement(answers: readonly AnswerOf<'SPIN_IMPROVEMENT'>[]): OracleFigures {
  const neglected = spinQuadrants.map((quadrant) => {
    const conversations = countOf(answers, ({ weakest }) => weakest.includes(quadrant));
    return { quadrant, conversations, share: share(conversations, answers.length) };
  });
  return {
    figures: { type: 'SPIN_IMPROVEMENT', neglected },
    value: null,
    parts: neglected.map(({ quadrant, conversations }) => ({ key: quadrant, count: conversations })),
  };
}

/** Of the answers to one definition, by its question as it is and the answer that it counts as a success. */
export function oracleFigures(
  question: Question,
  successAnswer: 'YES' | 'NO',
  answers: readonly Answer[],
): OracleFigures {
  const ofType = <Type extends Answer['type']>(type: Type): AnswerOf<Type>[] =>
    answers.filter((answer): answer is AnswerOf<Type> => answer.type === type);
  switch (question.type) {
    case 'YES_NO':
      return yesNo(ofType('YES_NO'), successAnswer);
    case 'GROUP':
      return group(ofType('GROUP'), question);
    case 'CHECKLIST':
      return checklist(ofType('CHECKLIST'), question);
    case 'FUNNEL':
      return funnel(ofType('FUNNEL'), question);
    case 'DISCOUNT':
      return discount(ofType('DISCOUNT'));
    case 'BUYER_ENGAGEMENT':
      return engagement(ofType('BUYER_ENGAGEMENT'));
    case 'SCALE':
      return scale(ofType('SCALE'), question);
    case 'COMPETITORS':
      return competitors(ofType('COMPETITORS'));
    case 'SPIN_DISTRIBUTION':
      return spinDistribution(ofType('SPIN_DISTRIBUTION'));
    case 'SPIN_IMPROVEMENT':
      return spinImprovement(ofType('SPIN_IMPROVEMENT'));
    default:
      return { figures: { type: question.type }, value: null, parts: [] };
  }
}
