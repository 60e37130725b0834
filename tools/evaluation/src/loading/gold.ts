import type { AnalysedConversation } from '@harmony/llm';
import { goldFile, goldFormats, type Gold } from './gold-format.js';
import type { Definition } from './project.js';
import { EvaluationError, gather, type Problem } from './problem.js';
import { parseAs, parseJson, readText } from './read-file.js';

interface GoldFile {
  readonly file: string;
  readonly definitions: readonly Definition[];
  readonly conversation: AnalysedConversation;
}

/**
 * The gold answers by the key of their definition. What is wrong with one of them is a problem, and so is a definition
 * without one; the others stay.
 * @throws EvaluationError UNREADABLE, INVALID_JSON or GOLD_INVALID where no answer can be read
 */
export async function loadGold(
  { file, definitions, conversation }: GoldFile,
  problems: Problem[],
): Promise<ReadonlyMap<string, Gold>> {
  const { results } = parseAs(goldFile, parseJson(await readText(file), file), { file, code: 'GOLD_INVALID' });
  const golds = new Map<string, Gold>();
  for (const definition of definitions) {
    const gold = await gather(problems, () => goldOf(definition, results[definition.key], file, conversation));
    if (gold) golds.set(definition.key, gold);
  }
  return golds;
}

function goldOf({ key, question }: Definition, value: unknown, file: string, { turns }: AnalysedConversation): Gold {
  if (value === undefined) throw new EvaluationError('GOLD_INCOMPLETE', file, `results/${key} is missing`);
  const where = { file, code: 'GOLD_INVALID', at: `results/${key}` } as const;
  const gold = { type: question.type, expected: parseAs(goldFormats[question.type], value, where) } as Gold;
  const wrong = unknownPart(gold, question, turns.length);
  if (wrong) throw new EvaluationError('GOLD_INVALID', file, `results/${key}: ${wrong}`);
  return gold;
}

/** What the gold speaks of that neither its definition nor the conversation has. */
function unknownPart({ type, expected }: Gold, question: Definition['question'], turns: number): string | undefined {
  const outside = JSON.stringify(expected).matchAll(/"turns":\[([^\]]*)\]/g);
  const beyond = [...outside]
    .flatMap(([, list]) => (list ? list.split(',') : []))
    .find((turn) => Number(turn) >= turns);
  if (beyond !== undefined) return `turn ${beyond} is not in the conversation`;
  const keys = keysOf(question);
  const used = usedKeys({ type, expected } as Gold);
  const unknown = keys && used.find((key) => !keys.includes(key));
  return unknown === undefined ? undefined : `the definition has no ${unknown}`;
}

function keysOf(question: Definition['question']): string[] | undefined {
  if (question.type === 'CHECKLIST') return question.items.map(({ key }) => key);
  if (question.type === 'GROUP') return question.buckets.map(({ key }) => key);
  if (question.type === 'FUNNEL') return question.stages.map(({ key }) => key);
  return undefined;
}

function usedKeys(gold: Gold): string[] {
  if (gold.type === 'CHECKLIST') return Object.keys(gold.expected.items);
  if (gold.type === 'GROUP') return [gold.expected.bucket];
  if (gold.type === 'FUNNEL') return [gold.expected.stage];
  return [];
}
