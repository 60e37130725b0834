import { meaningsOf } from '../language/wordnet.js';

/** What the project's knowledge says about other companies. */
export interface KnowledgeNames {
  readonly rivals: readonly string[];
  /** Partners, the own company, its products: no competitors, whatever is said of them. */
  readonly others: readonly string[];
}

const properName = /\p{Lu}[\p{L}\p{N}&'’-]*(?: (?:\p{Lu}[\p{L}\p{N}&'’-]*|\d+))*/gu;
const listHead =
  /\b(?:(?:main |known |direct |key |typical |other )*(?:rivals?|competitors?|competition|alternatives)|compet(?:e|es|ing) with|up against)\b[^:.]{0,30}?(?::|\b(?:are|is|include|includes|with|against)\b)\s*([^.\n]+)/giu;
const isRival = /^([^,.;:]+?),? (?:is|are) (?:an? |our |the |another )?(?:\w+ ){0,2}(?:rivals?|competitors?)\b/iu;
const isPartner =
  /\b(?:partners?|not (?:an? |our )?(?:rivals?|competitors?)|resellers?|integrat\w+ with|suppliers? of ours|subsidiar\w+|sister company)\b/iu;
const ownProducts =
  /\b(?:modules?|products?|plans?|packages?|editions?|tiers?|services?|add-ons?)\b[^:.]{0,20}:\s*([^.\n]+)/giu;

/** Names in a list such as "Gatemark (yard gates), Milepost Nine and Oriel". */
const listed = (list: string): string[] =>
  list
    .replace(/\([^)]*\)/g, '')
    .split(/,|;|\band\b|\bor\b|&(?= )/u)
    .flatMap((part) => part.match(properName)?.[0] ?? []);

const namesBefore = (sentence: string, cue: RegExp): string[] =>
  sentence.slice(0, cue.exec(sentence)?.index ?? 0).match(properName) ?? [];

interface Named {
  readonly rivals: readonly string[];
  readonly others: readonly string[];
}

const namesAfter = (sentence: string, head: RegExp): string[] =>
  [...sentence.matchAll(head)].flatMap((match) => listed(match[1] ?? ''));

/** A sentence about partners names no rivals, even where it says so: "a partner, not a competitor". */
function namesOf(sentence: string): Named {
  if (isPartner.test(sentence)) {
    return { rivals: [], others: [...namesBefore(sentence, isPartner), ...listed(sentence.split(':')[1] ?? '')] };
  }
  const subjects = isRival.exec(sentence)?.[1]?.match(properName) ?? [];
  return { rivals: [...namesAfter(sentence, listHead), ...subjects], others: namesAfter(sentence, ownProducts) };
}

/** Words of the language that the knowledge writes like names: levels of a contract, "Basic" or "Plus". */
const ordinaryNames = (knowledge: string): string[] =>
  (knowledge.slice(0, 20_000).match(properName) ?? []).filter(
    (name) => !name.includes(' ') && meaningsOf(name.toLowerCase(), 'noun').length > 0,
  );

/** Reads rivals, partners and the own names out of the knowledge, which is written for people: sentence by sentence. */
export function namesInKnowledge(knowledge: string): KnowledgeNames {
  const sentences = knowledge.split(/(?<=[.!?])\s+|\n+/u);
  const own = sentences[0]?.match(properName)?.slice(0, 1) ?? [];
  const named = sentences.map(namesOf);
  const others = new Set([...own, ...named.flatMap((one) => one.others)]);
  const rivals = new Set(named.flatMap((one) => one.rivals).filter((name) => !others.has(name)));
  const taken = new Set([...rivals].flatMap((name) => name.split(' ')));
  for (const name of ordinaryNames(knowledge)) if (!taken.has(name)) others.add(name);
  return { rivals: [...rivals], others: [...others] };
}
