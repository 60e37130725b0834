import type { ActionItem } from '@harmony/contracts';
import type { ProposedEvidence } from '../../port.js';
import { conceptsOfText } from '../language/concepts.js';
import { createPace, type ParsedTurn, type SpokenSentence } from '../language/conversation.js';
import { momentsIn } from '../language/moments.js';
import { quote, type Reading } from '../language/reading.js';
import { afterthought, leansBack, recapOpening } from './action-cues.js';
import { DraftFinder, type Draft } from './action-drafts.js';
import { People } from './people.js';
import { tidied } from './reported.js';

export interface FoundAction extends ActionItem {
  readonly evidence: readonly ProposedEvidence[];
}

/** Words of the deed that say when; nothing where it is only told when something was, or how long. */
function dueIn(text: string): string | null {
  const moment = momentsIn(text).find(({ kind, text: words, start }) => {
    const before = text.slice(Math.max(0, start - 10), start);
    if (kind === 'CLOCK' || /yesterday|^last |^year$/i.test(words)) return false;
    if (/(?:of|from|since|for) (?:the )?$/i.test(before)) return false;
    const isNamed =
      kind === 'DAY' ||
      /^(?:this|next|by|before|until|at|(?:the )?(?:end|start|beginning|middle)|in|within) /i.test(words);
    return isNamed || /(?:by|before|until|in) (?:the )?$/i.test(before);
  });
  return moment?.text.replace(/^(?:by|before|until|on|at) /i, '') ?? null;
}

/** What a deed leans on: the words before it in its sentence, else the last that was said at length. */
function referent({ parsed }: Reading, deed: string, sentence: SpokenSentence, turn: ParsedTurn): string {
  if (!leansBack.test(deed)) return '';
  const ahead = sentence.text.slice(0, Math.max(0, sentence.text.indexOf(deed)));
  const lead = tidied(
    ahead.replace(/(?:[,;] ?)?(?:and |so |then |but )*(?:i|we|you|could you|can you|let me)\b[^,;]*$/iu, ''),
  );
  const own = turn.sentences.filter(({ start, tokens }) => start < sentence.start && tokens.length > 5).at(-1);
  const before = parsed.turns[sentence.turn - 1]?.sentences ?? [];
  const longest = before.reduce<SpokenSentence | undefined>(
    (one, other) => (other.tokens.length > (one?.tokens.length ?? 0) ? other : one),
    undefined,
  );
  const words = lead.split(' ').length >= 3 ? lead : tidied((own ?? longest)?.text ?? '');
  return words === '' ? '' : ` (“${words.replace(/[.,;!?]+$/u, '').slice(0, 200)}”)`;
}

function itemOf(reading: Reading, people: People, draft: Draft, sentence: SpokenSentence): FoundAction {
  const { owner, deed, isOneOfMany } = draft;
  const turn = people.turnOf(sentence);
  const bare = deed.replace(afterthought, '').replace(/[,.\s]+$/u, '');
  const text = people.named(tidied(bare), turn, sentence) + referent(reading, bare, sentence, turn);
  return {
    text: text.charAt(0).toUpperCase() + text.slice(1),
    owner: owner === null || typeof owner === 'string' ? owner : owner.name,
    due: dueIn(deed) ?? (isOneOfMany ? null : dueIn(sentence.text)),
    evidence: [quote(reading, sentence)],
  };
}

/** An item, and its words: without the groups of like meaning, since to send is not to send the same. */
interface Known {
  readonly item: FoundAction;
  readonly words: ReadonlySet<string>;
}

const known = (item: FoundAction): Known => ({
  item,
  words: new Set([...conceptsOfText(item.text).keys()].filter((concept) => !concept.startsWith('#'))),
});

function alike(left: Known, right: Known): boolean {
  if (left.item.owner !== right.item.owner) return false;
  let shared = 0;
  for (const word of left.words) if (right.words.has(word)) shared += 1;
  return shared > 0 && shared / Math.min(left.words.size, right.words.size) >= 0.6;
}

/** What says by itself what is to be done is better than what leans on other words. */
const clarity = ({ text }: FoundAction): number => (text.includes('“') ? 0 : 1000) + text.length;

const united = (left: FoundAction, right: FoundAction): FoundAction => ({
  ...(clarity(right) > clarity(left) ? right : left),
  due: left.due ?? right.due,
  evidence: [...left.evidence, ...right.evidence].slice(0, 4),
});

/** At most so many are told; the last ones are those that were agreed at the end. */
const maximumItems = 40;
/** A short promise says too little by itself: "I'll check". */
const isComplete = ({ text }: FoundAction): boolean => text.split(' ').length >= 3;

/** Adds an item, or what it says more of one that is there already. */
function collect(all: Known[], item: FoundAction): void {
  const found = known(item);
  const first = Math.max(0, all.length - maximumItems);
  const at = all.slice(first).findIndex((other) => alike(found, other));
  const other = at < 0 ? undefined : all[first + at];
  if (other !== undefined) all[first + at] = known(united(other.item, item));
  else if (isComplete(item)) all.push(found);
}

/** What people said that they will do, in the order of the conversation, each thing once. Linear in its length. */
export async function actionItemsOf(reading: Reading): Promise<FoundAction[]> {
  const pace = createPace();
  const people = new People(reading.parsed);
  const finder = new DraftFinder(reading, people);
  const all: Known[] = [];
  for (const turn of reading.parsed.turns) {
    let isRecap = false;
    for (const sentence of turn.sentences) {
      await pace();
      isRecap ||= recapOpening.test(sentence.text);
      for (const draft of finder.draftsIn(sentence, turn, isRecap))
        collect(all, itemOf(reading, people, draft, sentence));
    }
  }
  return all.slice(-maximumItems).map(({ item }) => item);
}
