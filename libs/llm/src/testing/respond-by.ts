import type { Analyst, AnalystAnswer, QuestionRequest } from '../port.js';
import type { Responder } from './model-server.js';
import { readPrompt, type ReadPrompt } from './read-prompt.js';

const never = new AbortController().signal;
const maximumNotes = 25;

/**
 * Lets another analyst play the model: reads the prompt, has it answered, and writes the answer down as a model would.
 * With it the whole way of a question can be walked without a model: prompt, schema, reply, evidence.
 */
export const respondBy =
  (analyst: Analyst): Responder =>
  async (request) => {
    const prompt = readPrompt(request);
    const { conversation, background, question } = prompt;
    const asked = { conversation, background, signal: never };
    if (prompt.kind === 'NOTES') return { notes: notesOf(prompt) };
    if (question === null) return analyst.extract(asked);
    return replyOf(await analyst.answer({ ...asked, question }), { ...asked, question });
  };

/** The longest turns, in their order: in those is most of what was said. */
const notesOf = ({ conversation: { turns } }: ReadPrompt) =>
  [...turns]
    .sort((left, right) => right.text.length - left.text.length || left.index - right.index)
    .slice(0, maximumNotes)
    .sort((left, right) => left.index - right.index)
    .map(({ index, text }) => ({ turn: index, quote: text.slice(0, 300), note: 'said' }));

function replyOf(given: AnalystAnswer, { conversation }: QuestionRequest): unknown {
  const { rationale, confidence, evidence, outcome } = given;
  return { evidence, rationale, outcome, value: valueOf(given, conversation), confidence };
}

function valueOf(given: AnalystAnswer, { turns }: QuestionRequest['conversation']): unknown {
  if (given.outcome === 'NOT_DISCUSSED') return null;
  const { answer, evidence } = given;
  if (answer.type !== 'SPIN_DISTRIBUTION') return answer;
  const left = [...evidence];
  const quoteOf = (turn: number): string => {
    const at = left.findIndex((one) => one.turn === turn);
    const [found] = at === -1 ? [] : left.splice(at, 1);
    return found?.quote ?? turns.find(({ index }) => index === turn)?.text ?? '';
  };
  return { questions: answer.questions.map(({ turn, quadrant }) => ({ turn, quote: quoteOf(turn), quadrant })) };
}
