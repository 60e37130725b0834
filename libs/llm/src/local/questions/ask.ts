import type { ParticipantRole } from '@harmony/contracts';
import type { Background } from '../../port.js';
import { parseText, type Token } from '../language/parse-text.js';
import {
  actWords,
  customerSubjects,
  customerWords,
  frameWords,
  hostSubjects,
  hostWords,
  received,
  type AskedAct,
} from './ask-words.js';
import { glossaryOf } from './glossary.js';
import { isBesideTheMatter, isCounted } from './parties.js';
import { requirementsOf, type Requirement } from './requirements.js';
import { topicOf, type Slot, type Topic } from './topic.js';

/** What a question or an item asks, taken apart. */
export interface Ask {
  readonly text: string;
  /** Who is to have done it; BOTH where it takes both; null where it does not matter. */
  readonly side: ParticipantRole | 'BOTH' | null;
  readonly act: AskedAct;
  /** Stem of the verb of a passive: who says "it is approved" tells that it was. */
  readonly deed: string | null;
  /** Whether it asks if something is so. */
  readonly isPolar: boolean;
  /** What it is about, without the words that say who and how. */
  readonly topic: Topic;
  readonly requirements: readonly Requirement[];
  /** What a figure is to count: "how many doors"; null for none. */
  readonly counted: Slot | null;
}

/** Names by which the project's own company goes: the first words of its knowledge, before what it does. */
function ownNames({ knowledge }: Background): ReadonlySet<string> {
  const [name = ''] = /^\s*(?:\p{Lu}[\p{L}\d&'-]*\s+){1,4}(?=\p{Ll})/u.exec(knowledge) ?? [];
  return new Set(
    name
      .toLowerCase()
      .split(/\s+/u)
      .filter((word) => word.length > 2 && word !== 'the'),
  );
}

const roleOf = (token: Token, own: ReadonlySet<string>): ParticipantRole | null => {
  if (customerWords.has(token.lemma) || customerWords.has(token.lower)) return 'CUSTOMER';
  return hostWords.has(token.lemma) || hostWords.has(token.lower) || own.has(token.lower) ? 'HOST' : null;
};

/** Words that mean one of the sides only where they are the subject. */
function subjectRoleOf({ lemma }: Token): ParticipantRole | null {
  if (customerSubjects.has(lemma)) return 'CUSTOMER';
  return hostSubjects.has(lemma) ? 'HOST' : null;
}

const beings = new Set(['be', 'is', 'are', 'was', 'were', 'been', 'get', 'gets', 'got']);

const actAt = (token: Token | undefined): AskedAct | undefined =>
  token === undefined ? undefined : (actWords.get(token.lemma) ?? actWords.get(token.lower));

const participle = /(?:ed|en|own|aid|iven|old|et|id)$/u;

/** What was done, where somebody asks whether it was: "is the budget approved". */
function deedOf(tokens: readonly Token[], verb: number): string | null {
  const done = tokens[verb];
  const isDone = participle.test(done?.lower ?? '') && tokens.slice(0, verb).some(({ lower }) => beings.has(lower));
  return isDone ? (done?.stem ?? null) : null;
}

/** The verb of a passive: "the budget was stated"; -1 where there is none. */
const passiveAt = (tokens: readonly Token[]): number =>
  tokens.findIndex(
    (token, at) =>
      participle.test(token.lower) &&
      actAt(token) !== undefined &&
      tokens.slice(Math.max(0, at - 2), at).some(({ lower }) => beings.has(lower)),
  );

/** The verb that says what is asked: a passive's own, else the first that can be one. */
function verbAt(tokens: readonly Token[]): number {
  const passive = passiveAt(tokens);
  if (passive !== -1) return passive;
  const active = tokens.findIndex(
    ({ tag, lemma }, at) => at > 0 && (tag === 'VERB' || (actWords.has(lemma) && tag !== 'ADJ')) && !beings.has(lemma),
  );
  return active === -1 ? tokens.length : active;
}

const isBoth = ({ lower }: Token): boolean => lower === 'both' || lower === 'sides' || lower === 'parties';

/** Who does it where a question does not say. */
const usualSide: Readonly<Partial<Record<AskedAct, ParticipantRole>>> = {
  CONCERN: 'CUSTOMER',
  REFUSE: 'CUSTOMER',
  THREATEN: 'CUSTOMER',
  AGREE: 'CUSTOMER',
  WISH: 'CUSTOMER',
  PROMISE: 'HOST',
  SHOW: 'HOST',
  INTRODUCE: 'HOST',
};

type RoleOf = (token: Token) => ParticipantRole | null;

/** Who is said to do it in a passive: whoever stands behind `by`, or the one who does not hear it. */
function passiveSide(tokens: readonly Token[], verb: number, roleOfWord: RoleOf): Ask['side'] {
  const isHearer = tokens.slice(0, verb).some((token) => roleOfWord(token) === 'CUSTOMER');
  return isHearer && received.test(tokens[verb]?.lower ?? '') ? 'HOST' : null;
}

function sideOf(tokens: readonly Token[], verb: number, own: ReadonlySet<string>): Ask['side'] {
  const subject = tokens.slice(0, verb);
  const roleOfWord: RoleOf = (token) => roleOf(token, own) ?? subjectRoleOf(token);
  if (subject.some(isBoth)) return 'BOTH';
  const by = tokens.findIndex(({ lower }, at) => lower === 'by' && at > verb);
  const doer =
    by === -1
      ? undefined
      : tokens
          .slice(by + 1, by + 4)
          .map(roleOfWord)
          .find(Boolean);
  if (doer !== undefined) return doer;
  if (passiveAt(tokens) !== -1) return passiveSide(tokens, verb, roleOfWord);
  const roles = new Set(subject.map(roleOfWord).filter((role) => role !== null));
  if (roles.size > 1) return 'BOTH';
  const [role = null] = roles;
  return role ?? (isPerson(subject) && isDoing(tokens[verb]) ? 'CUSTOMER' : null);
}

/** Whether a verb is something that a party does or has. */
const isDoing = (verb: Token | undefined): boolean => actAt(verb) !== undefined || having.has(verb?.lemma ?? '');

const having = new Set(['hold', 'have', 'own', 'use', 'run', 'employ', 'operate', 'work', 'keep', 'pay', 'rent']);

/** "Did the florist ...": whoever is no host and does something is the customer. */
const isPerson = (subject: readonly Token[]): boolean =>
  /^(?:(?:did|does|do|has|have|is|was|were|will|would|can|could) )?the \p{L}+$/iu.test(
    subject.map(({ lower }) => lower).join(' '),
  );

/** Acts that somebody may report of himself or of others: "said that the neighbours object". */
const reportable: ReadonlySet<AskedAct | undefined> = new Set(['CONCERN', 'REFUSE', 'THREATEN', 'PRAISE']);

/** The act that somebody is to have reported: "said that the neighbours object". */
function reportedAct(behind: readonly Token[]): AskedAct | undefined {
  const clause = behind.findIndex(({ lower }) => lower === 'that');
  return clause === -1
    ? undefined
    : behind
        .slice(clause + 1)
        .map(actAt)
        .find((act) => reportable.has(act));
}

/** Whether a word says by which act a matter came up, and not what the matter is. */
const isActWord = (token: Token, act: AskedAct): boolean =>
  actAt(token) === act && (reportable.has(act) || (token.tag === 'VERB' && act !== 'STATE' && act !== 'QUESTION'));

const isFrame = ({ lemma, lower }: Token): boolean => frameWords.has(lemma) || frameWords.has(lower);

/** "asked for" wants something, "asked whether" wants to know; "voiced a concern" is a concern. */
function actOf(tokens: readonly Token[], verb: number): AskedAct {
  const act = actAt(tokens[verb]);
  const behind = tokens.slice(verb + 1, verb + 5);
  if (act === 'QUESTION' && behind.slice(0, 3).some(({ lower }) => lower === 'for' || lower === 'to')) return 'REQUEST';
  const noun = behind.map(actAt).find((other) => other !== undefined && other !== 'STATE');
  if (act === undefined) return noun ?? 'STATE';
  return (act === 'STATE' ? reportedAct(tokens.slice(verb + 1)) : undefined) ?? clearer(act, noun);
}

/** A noun of feeling tells more than a verb that says little: "raised a concern". */
function clearer(act: AskedAct, noun: AskedAct | undefined): AskedAct {
  const isVague = act === 'STATE' || act === 'REQUEST' || act === 'WISH';
  return isVague && (noun === 'CONCERN' || noun === 'THREATEN' || noun === 'APOLOGISE') ? noun : act;
}

const asksWho =
  /\bwho\b|\bwhose\b|\bwhich (?:person|role|people)\b|\bdecision[- ]makers?\b|\bapprovers?\b|\bsignator(?:y|ies)\b/iu;

/** Takes a question or an item apart; a question in free words is also about its verb. */
export function parseAsk(text: string, background: Background, isFree = false): Ask {
  const tokens = parseText(text).flatMap((sentence) => sentence.tokens);
  const own = ownNames(background);
  const verb = verbAt(tokens);
  const requirements = requirementsOf(text);
  const act = actOf(tokens, verb);
  const compared = requirements.some(({ kind }) => kind === 'COMPARISON');
  const isSubjectRole = (token: Token): boolean =>
    tokens.indexOf(token) < verb && subjectRoleOf(token) !== null && !isCounted(tokens, token);
  const isLeftOut = (token: Token): boolean =>
    (!isFree && (token === tokens[verb] || isActWord(token, act))) ||
    roleOf(token, own) !== null ||
    isSubjectRole(token) ||
    isFrame(token) ||
    isBesideTheMatter(tokens, token) ||
    actAt(token) === 'STATE' ||
    (compared && /^(?:long|short|high|low|great|more|less|year|month|week|day|percent)/u.test(token.lemma));
  const topic = topicOf(
    tokens.filter(({ lower }) => !/^(?:how|many|much|number|an?)$/u.test(lower)),
    { glossary: glossaryOf(background), isLeftOut, asksWho: asksWho.test(text) },
  );
  return {
    text,
    counted: countedBy(text, topic),
    side: sideOf(tokens, verb, own) ?? usualSide[act] ?? null,
    act,
    deed: deedOf(tokens, verb),
    isPolar: isPolar(text),
    topic,
    requirements,
  };
}

const polar =
  /^\W*(?:(?:and|so|but|then|okay|ok|well)\W+)*(?:did|does|do|is|are|was|were|has|have|had|will|would|can|could)\b/iu;

/** Whether a question asks if something is so. */
export const isPolar = (text: string): boolean => polar.test(text);

const counting = /\b(?:how many|(?:the )?number of|count of|quantity of)\s+(\p{L}+(?:\s+(?:or|and)?\s*\p{L}+){0,3})/iu;

/** The first slot of a topic whose word stands behind "how many" or "number of". */
function countedBy(text: string, { slots }: Topic): Slot | null {
  const words = counting.exec(text)?.[1];
  if (words === undefined) return null;
  const stems = new Set(parseText(words).flatMap(({ tokens }) => tokens.map(({ stem }) => stem)));
  return slots.find((slot) => slot.words.some((word) => stems.has(word))) ?? null;
}

/** Clauses that each would do: what stands behind a colon, and what follows "; or" or ", or it". */
export function parseAlternatives(text: string, background: Background): Ask[] {
  const clauses = text.split(/\s*:\s+|;\s*(?:or\s+)?|,\s+or\s+(?=(?:it|they|that|the|he|she|there|both)\b)/iu);
  const asks = clauses
    .filter((clause) => clause.split(/\s+/u).length >= 3)
    .map((clause) => parseAsk(clause, background));
  const [first] = asks;
  return first === undefined
    ? [parseAsk(text, background)]
    : asks.map((ask) => ({
        ...ask,
        side: ask.side ?? first.side,
        topic: ask.topic.slots.length > 0 ? ask.topic : first.topic,
      }));
}
