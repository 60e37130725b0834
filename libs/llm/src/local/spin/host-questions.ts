import { cues } from '../cues/cues.js';
import { createPace, type ParsedConversation, type ParsedTurn, type SpokenSentence } from '../language/conversation.js';
import { isSmallTalk } from './small-talk.js';

export interface HostQuestion {
  /** Index in the transcript. */
  readonly turn: number;
  /** As it was said. */
  readonly quote: string;
  /** Without words that only lead up to it. */
  readonly asked: string;
  /** What was said just before it, which it may refer to. */
  readonly before: string;
  /** Has no verb of its own and goes on with the question before: "and on the other sites?" */
  readonly isFollowUp: boolean;
}

/** Asks without a question mark. */
const prompt =
  /^(?:(?:and|so|but|okay|ok|well|right|then|um|uh|now|great|good|please|just|maybe|perhaps|first|sure|thanks)[,. ]+)*(?:(?:tell|walk|talk|take|run) (?:me|us)\b(?! (?:you|your time|it|that|later|when))|(?:describe|explain)\b|help (?:me|us) understand|i(?:['’]m| am) curious (?:about|how|what|why|whether|if|who)|i(?:['’]d| would) be curious|i (?:wonder|was wondering) (?:how|what|why|whether|if|who)|give (?:me|us) (?:an idea|a sense|a feel|a picture|an example))/i;
/** Leads up to a question and says nothing by itself. */
const leadIn =
  /^.{0,30}?\b(?:can|could|may|might) i (?:just |also )?ask(?: you)?(?: (?:something|one thing|a question))?\b[,:]? ?/i;
const verb = cues`
  do; does; did; don't; doesn't; didn't; is; are; was; were; isn't; aren't; have; has; had; can; could; would;
  will; should; may; you've; you're; what's; who's; how's; that's; it's; there's; where's; got; get; gets; go;
  goes; use; need; want; work; works; happens; happened; think; know; makes; made; runs?; puts?; signs?; decides?;
  costs?
`;

/** Speech to text may drop the mark. */
const isUnmarked = (text: string): boolean =>
  /^(?:(?:and|so|but|okay|ok|well|then|um|uh)[, ]+)*(?:who|what|which|how|why|where|when|whose)\b(?! (?:a|an|i|we|ever)\b)/i.test(
    text,
  ) && !/[.!,…]["'”’)]*$/.test(text);

const asks = ({ text, isQuestion }: SpokenSentence): boolean =>
  isQuestion || text.includes('?') || prompt.test(text) || isUnmarked(text);

const content = (text: string): string[] =>
  (text.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? []).map((word) => word.slice(0, 6));

/** Repeats what was just said, to be sure or in wonder. */
function isEcho(question: string, before: string): boolean {
  const words = content(question);
  if (words.length > 8 || /\b(?:who|what|which|how|why|where|when)\b/i.test(question)) return false;
  const said = new Set(content(before));
  return words.length > 0 && words.filter((word) => said.has(word)).length / words.length >= 0.6;
}

/** In the first words of a conversation, only what plainly asks for facts is more than a greeting. */
const opening = 3;
const factual = cues`
  how many; how much; how do; how does; which; what (?:do|does|kind|sort|are); who; still; today; at the moment;
  currently; correct; why; problem*; what made; what brought
`;

/** Who asks to learn something: the hosts; where nobody is known to be one, whoever asks most. */
export function askersOf({ turns, sentences }: ParsedConversation): ReadonlySet<string> {
  const hosts = turns.filter(({ role }) => role === 'HOST').map(({ speaker }) => speaker);
  if (hosts.length > 0 || turns.some(({ role }) => role !== null)) return new Set(hosts);
  const asked = new Map<string, number>();
  for (const { turn, isQuestion } of sentences) {
    const speaker = turns[turn]?.speaker;
    if (isQuestion && speaker !== undefined) asked.set(speaker, (asked.get(speaker) ?? 0) + 1);
  }
  const [most] = [...asked].sort(([, left], [, right]) => right - left);
  return new Set(most === undefined ? [] : [most[0]]);
}

/** Words of the same turn behind a question that the speaker goes on with, instead of waiting for an answer. */
const patience = 18;

/** Whether whoever asks answers by themself. */
function isRhetorical(sentence: SpokenSentence, { sentences }: ParsedTurn): boolean {
  const at = sentences.indexOf(sentence) + 1;
  const behind = sentences.slice(at, at + 8);
  return !behind.some(asks) && behind.reduce((sum, { tokens }) => sum + tokens.length, 0) > patience;
}

const firstName = (name: string | null): string => name?.split(' ')[0] ?? '';

/** Turns to another host by name. */
function isAmongHosts(text: string, hosts: ReadonlySet<string>, { name }: ParsedTurn): boolean {
  const called = /^(?:\w+, )?(\p{Lu}\p{L}+),|, (\p{Lu}\p{L}+)\?$/u.exec(text);
  const found = called?.[1] ?? called?.[2] ?? '';
  return found !== firstName(name) && hosts.has(found);
}

/**
 * The questions by which the hosts learn something about the customer: small talk, favours, dates and echoes are none.
 */
export async function hostQuestions(parsed: ParsedConversation): Promise<HostQuestion[]> {
  const pace = createPace();
  const askers = askersOf(parsed);
  const hosts = new Set(
    parsed.turns.flatMap(({ role, name }) => (role === 'HOST' && name !== null ? [firstName(name)] : [])),
  );
  const found: HostQuestion[] = [];
  for (const [at, turn] of parsed.turns.entries()) {
    await pace();
    if (!askers.has(turn.speaker)) continue;
    const heard = parsed.turns[at - 1]?.text.slice(-400) ?? '';
    for (const sentence of turn.sentences.filter(asks)) {
      const asked = sentence.text.replace(leadIn, '');
      if (isSmallTalk(asked) || isEcho(asked, heard) || (at <= opening && !factual.test(asked))) continue;
      if (isRhetorical(sentence, turn) || isAmongHosts(asked, hosts, turn)) continue;
      const before = `${heard} ${turn.text.slice(Math.max(0, sentence.start - 400), sentence.start)}`;
      found.push({ turn: turn.index, quote: sentence.text, asked, before, isFollowUp: !verb.test(asked) });
    }
  }
  return found;
}
