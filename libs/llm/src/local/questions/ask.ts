import type { ParticipantRole } from '@harmony/contracts';
import type { Background } from '../../port.js';
import { parseText, type Token } from '../language/parse-text.js';
import { actWords, customerWords, frameWords, hostWords, type AskedAct } from './ask-words.js';
import { glossaryOf } from './glossary.js';
import { requirementsOf, type Requirement } from './requirements.js';
import { topicOf, type Topic } from './topic.js';

/** What a question or an item asks, taken apart. */
export interface Ask {
  readonly text: string;
  /** Who is to have done it; BOTH where it takes both; null where it does not matter. */
  readonly side: ParticipantRole | 'BOTH' | null;
  readonly act: AskedAct;
  /** What it is about, without the words that say who and how. */
  readonly topic: Topic;
  readonly requirements: readonly Requirement[];
}

/** Names by which the project's own company goes: the first words of its knowledge, before what it does. */
function ownNames({ knowledge }: Background): ReadonlySet<string> {
  const name =
    /^\s*((?:\p{Lu}[\p{L}\d&'-]*\s+){1,4})(?:is|are|sells?|offers?|provides?|makes?|rents?|runs?|builds?|operates?|manages?|supplies|helps?|leases?|delivers?|designs?|trains?|installs?|teaches|cleans?|develops?|produces?|imports?|insures?|organi[sz]es?|[a-z]+s)\b/u.exec(
      knowledge,
    );
  return new Set(
    (name?.[1] ?? '')
      .toLowerCase()
      .split(/\s+/u)
      .filter((word) => word.length > 2),
  );
}

const roleOf = (token: Token, own: ReadonlySet<string>): ParticipantRole | null => {
  if (customerWords.has(token.lemma) || customerWords.has(token.lower)) return 'CUSTOMER';
  return hostWords.has(token.lemma) || hostWords.has(token.lower) || own.has(token.lower) ? 'HOST' : null;
};

/** Where what is asked begins: the first full verb. */
function verbAt(tokens: readonly Token[]): number {
  const at = tokens.findIndex(({ tag, lemma }, index) => index > 0 && (tag === 'VERB' || actWords.has(lemma)));
  return at === -1 ? tokens.length : at;
}

function sideOf(tokens: readonly Token[], own: ReadonlySet<string>): Ask['side'] {
  const verb = verbAt(tokens);
  const subject = tokens.slice(0, verb);
  if (subject.some(({ lower }) => lower === 'both' || lower === 'sides' || lower === 'parties')) return 'BOTH';
  const by = tokens.findIndex(({ lower }, at) => lower === 'by' && at > verb);
  const doer =
    by === -1
      ? undefined
      : tokens
          .slice(by + 1, by + 4)
          .map((token) => roleOf(token, own))
          .find((role) => role !== null);
  if (doer !== undefined) return doer;
  const isOf = subject.some(({ lower }) => lower === 'of' || lower === "'s" || lower === 'that' || lower === 'which');
  const roles = subject.map((token) => roleOf(token, own)).filter((role) => role !== null);
  if (new Set(roles).size > 1) return 'BOTH';
  return isOf ? null : (roles[0] ?? null);
}

/** "asked for" wants something, "asked whether" wants to know something; a reason may stand behind. */
function actOf(tokens: readonly Token[]): AskedAct {
  const found = tokens.map(({ lemma, lower }) => actWords.get(lemma) ?? actWords.get(lower));
  const at = found.findIndex((act) => act !== undefined);
  const act = found[at];
  if (act === undefined) return 'STATE';
  const behind = tokens.slice(at + 1, at + 3).map(({ lower }) => lower);
  if (act === 'QUESTION' && (behind[0] === 'for' || behind.includes('to'))) return 'REQUEST';
  const second = found.slice(at + 1, at + 5).find((other) => other !== undefined);
  const isVague = act === 'STATE' || act === 'REQUEST' || act === 'WISH';
  return isVague && (second === 'CONCERN' || second === 'THREATEN' || second === 'APOLOGISE') ? second : act;
}

/** Takes a question or an item apart. */
export function parseAsk(text: string, background: Background): Ask {
  const tokens = parseText(text).flatMap((sentence) => sentence.tokens);
  const own = ownNames(background);
  const act = actOf(tokens);
  const isLeftOut = (token: Token): boolean =>
    roleOf(token, own) !== null ||
    frameWords.has(token.lemma) ||
    frameWords.has(token.lower) ||
    (actWords.get(token.lemma) ?? 'NONE') === act ||
    actWords.get(token.lemma) === 'STATE';
  const glossary = glossaryOf(background);
  return {
    text,
    side: sideOf(tokens, own),
    act,
    topic: topicOf(tokens, { glossary, isLeftOut }),
    requirements: requirementsOf(text),
  };
}
