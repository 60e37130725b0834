import type { ProposedEvidence } from '../../port.js';
import type { ParsedTurn, SpokenSentence } from '../language/conversation.js';
import { quote, type Reading } from '../language/reading.js';
import { passagesIn, type Passage } from './passages.js';
import { inThirdPerson, tidied } from './reported.js';
import { choosePassages, weighPassages } from './salience.js';

export interface KeyPoint {
  readonly text: string;
  readonly evidence: readonly ProposedEvidence[];
}

/** Points for so many words: some for the shortest conversation, and no more than one reads for the longest. */
const pointsFor = (words: number): number => Math.min(25, Math.max(3, Math.round(5 + words / 110)));

const wordsIn = ({ sentences }: Passage): number => sentences.reduce((sum, { tokens }) => sum + tokens.length, 0);

/** What is said so early in a turn, or in so few words, leans on the question before it. */
const early = 40;
const few = 30;

/** The question that a passage answers, where the passage is too short to be understood without. */
function askedBefore({ parsed }: Reading, passage: Passage): SpokenSentence | undefined {
  const [first] = passage.sentences;
  const [opening] = passage.turn.sentences;
  if (first === undefined || opening === undefined || first.start > opening.start + early || wordsIn(passage) >= few)
    return undefined;
  const before = parsed.turns[first.turn - 1];
  const asked = before?.speaker === passage.turn.speaker ? undefined : before?.sentences.at(-1);
  return asked?.isQuestion === true && asked.tokens.length >= 4 ? asked : undefined;
}

const unnamed = { HOST: 'The host', CUSTOMER: 'The customer', OTHER: 'A participant' } as const;
const speakerOf = ({ name, role }: ParsedTurn): string => name ?? unnamed[role ?? 'OTHER'];

const ended = (text: string): string => (/[.!?…]$/.test(text) ? text : `${text}.`);

function pointOf(reading: Reading, passage: Passage): KeyPoint {
  const asked = askedBefore(reading, passage);
  const isHost = passage.turn.role === 'HOST';
  const told = passage.sentences
    .map(({ text }) => ended(inThirdPerson(text, isHost)))
    .filter((text) => text.length > 1);
  const lead =
    asked === undefined ? speakerOf(passage.turn) : `Asked “${tidied(asked.text)}”, ${speakerOf(passage.turn)} says`;
  return {
    text: `${lead}: ${told.join(' ')}`,
    evidence: passage.sentences.map((sentence) => quote(reading, sentence)),
  };
}

/** What was said that matters: facts and figures, problems, decisions, next steps, in the order of the conversation. */
export async function keyPointsOf(reading: Reading): Promise<KeyPoint[]> {
  const passages = passagesIn(reading.parsed);
  const words = passages.reduce((sum, passage) => sum + wordsIn(passage), 0);
  const weighed = await weighPassages(reading, passages);
  return choosePassages(weighed, pointsFor(words)).map((passage) => pointOf(reading, passage));
}
