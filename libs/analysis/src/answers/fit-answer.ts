import type { Answer, AnswerOf, Question, QuestionOf } from '@harmony/contracts';

/** An answer that fits its question, in the question's own order; or what is wrong with it, for whoever mends it. */
export type Fit = { readonly answer: Answer } | { readonly problem: string };

/** Checks an answer against the configuration of its question: types, keys, ranges, figures that belong together. */
export function fitAnswer(question: Question, answer: Answer): Fit {
  if (question.type !== answer.type) {
    return { problem: `The answer is of type ${answer.type}; ${question.type} was asked.` };
  }
  switch (answer.type) {
    case 'CHECKLIST':
      return fitChecklist(question as QuestionOf<'CHECKLIST'>, answer);
    case 'GROUP':
      return fitKey((question as QuestionOf<'GROUP'>).buckets, answer.bucket, answer);
    case 'FUNNEL':
      return fitKey((question as QuestionOf<'FUNNEL'>).stages, answer.stage, answer);
    case 'SCALE':
      return fitScale(question as QuestionOf<'SCALE'>, answer);
    case 'BUYER_ENGAGEMENT':
      return { answer: { ...answer, band: engagementBand(answer.score) } };
    case 'COMPETITORS':
      return fitCompetitors(question as QuestionOf<'COMPETITORS'>, answer);
    case 'SPIN_DISTRIBUTION':
      return { answer: countedQuestions(answer) };
    default:
      return { answer };
  }
}

/** What a score of buyer engagement means (D7). */
export function engagementBand(score: number): AnswerOf<'BUYER_ENGAGEMENT'>['band'] {
  if (score >= 8) return 'STRONG';
  return score >= 6 ? 'MODERATE' : 'LIMITED';
}

function fitChecklist({ items }: QuestionOf<'CHECKLIST'>, answer: AnswerOf<'CHECKLIST'>): Fit {
  const given = new Map(answer.items.map((item) => [item.key, item]));
  const missing = items.filter(({ key }) => !given.has(key)).map(({ key }) => key);
  if (missing.length > 0) return { problem: `The answer says nothing of these items: ${missing.join(', ')}.` };
  return { answer: { ...answer, items: items.flatMap(({ key }) => given.get(key) ?? []) } };
}

function fitKey(parts: readonly { readonly key: string }[], key: string, answer: Answer): Fit {
  const keys = parts.map((part) => part.key);
  return keys.includes(key) ? { answer } : { problem: `"${key}" is none of ${keys.join(', ')}.` };
}

function fitScale({ min, max }: QuestionOf<'SCALE'>, answer: AnswerOf<'SCALE'>): Fit {
  const isInside = answer.value >= min && answer.value <= max;
  return isInside ? { answer } : { problem: `${answer.value} is not between ${min} and ${max}.` };
}

/** Excluded names are no competitors, whoever says so; each name is there once, and a tracked one as it is tracked. */
function fitCompetitors({ track, exclude }: QuestionOf<'COMPETITORS'>, answer: AnswerOf<'COMPETITORS'>): Fit {
  const tracked = new Map(track.map((name) => [name.toLowerCase(), name]));
  const excluded = new Set(exclude.map((name) => name.toLowerCase()));
  const mentions = new Map<string, AnswerOf<'COMPETITORS'>['mentions'][number]>();
  for (const mention of answer.mentions) {
    const name = mention.name.trim().toLowerCase();
    if (!excluded.has(name) && !mentions.has(name)) {
      mentions.set(name, { ...mention, name: tracked.get(name) ?? mention.name.trim() });
    }
  }
  return { answer: { ...answer, mentions: [...mentions.values()] } };
}

/** Counts and shares follow from the questions, so they are counted and not believed. */
function countedQuestions(answer: AnswerOf<'SPIN_DISTRIBUTION'>): AnswerOf<'SPIN_DISTRIBUTION'> {
  const counts = { SITUATION: 0, PROBLEM: 0, IMPLICATION: 0, NEED_PAYOFF: 0 };
  for (const { quadrant } of answer.questions) counts[quadrant] += 1;
  const all = Math.max(1, answer.questions.length);
  const shares = {
    SITUATION: counts.SITUATION / all,
    PROBLEM: counts.PROBLEM / all,
    IMPLICATION: counts.IMPLICATION / all,
    NEED_PAYOFF: counts.NEED_PAYOFF / all,
  };
  return { ...answer, counts, shares };
}
