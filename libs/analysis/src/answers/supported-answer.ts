import type { Answer, AnswerOf, Evidence } from '@harmony/contracts';

/** An answer of which only that is left that words support. */
export interface SupportedAnswer {
  readonly answer: Answer;
  /** Why something is missing, in a sentence; empty where nothing is, or where the answer says it itself. */
  readonly remark: string;
}

type Part = Pick<Evidence, 'part'>;

const name = (given: string): string => given.trim().toLowerCase();

/**
 * Without the items that are held for met and the competitors that are named although no quote is given for them: an
 * item is not met then, and a competitor is left out. Quotes of the whole answer support one that claims one thing
 * only. The same answer where every claim has its quote, and where a type claims nothing one by one.
 */
export function supportedAnswer(answer: Answer, evidence: readonly Part[]): SupportedAnswer {
  switch (answer.type) {
    case 'CHECKLIST':
      return { answer: supportedItems(answer, evidence), remark: '' };
    case 'COMPETITORS':
      return supportedMentions(answer, evidence);
    default:
      return { answer, remark: '' };
  }
}

function supportedItems(answer: AnswerOf<'CHECKLIST'>, evidence: readonly Part[]): Answer {
  const claims = answer.items.filter(({ outcome }) => outcome === 'MET').map(({ key }) => key);
  const supported = supportedOf(claims, (key) => key, evidence);
  if (supported.length === claims.length) return answer;
  const items = answer.items.map((item) =>
    item.outcome === 'MET' && !supported.includes(item.key)
      ? { ...item, outcome: 'NOT_MET' as const, rationale: 'No words of the conversation show that it was met.' }
      : item,
  );
  return { ...answer, items };
}

function supportedMentions(answer: AnswerOf<'COMPETITORS'>, evidence: readonly Part[]): SupportedAnswer {
  const mentions = supportedOf(answer.mentions, (mention) => mention.name, evidence);
  const others = answer.mentions.filter((mention) => !mentions.includes(mention)).map((mention) => mention.name);
  if (others.length === 0) return { answer, remark: '' };
  const remark = `Left out, since no words of the conversation show them: ${others.join(', ')}.`;
  return { answer: { ...answer, mentions }, remark };
}

/** Those that are quoted; what is the only claim of its answer is supported by quotes of all of it too. */
function supportedOf<Claim>(
  claims: readonly Claim[],
  nameOf: (claim: Claim) => string,
  evidence: readonly Part[],
): Claim[] {
  const isWhole = claims.length === 1 && evidence.some(({ part }) => part === null);
  const quoted = new Set(evidence.map(({ part }) => part && name(part)));
  return claims.filter((claim) => isWhole || quoted.has(name(nameOf(claim))));
}
