import { question, type Question } from '@harmony/contracts';
import { z } from 'zod';
import { EvaluationError, gather, type Problem } from './problem.js';
import { parseAs, parseJson, readText } from './read-file.js';

export interface Definition {
  readonly key: string;
  readonly title: string;
  readonly question: Question;
}

export interface Project {
  /** Where it lies below the folder that is evaluated; the project's name when it is that folder. */
  readonly name: string;
  readonly language: string;
  readonly knowledge: string;
  readonly definitions: readonly Definition[];
}

const projectFile = z.object({
  name: z.string().optional(),
  language: z.string().default('en'),
  knowledge: z.string().default(''),
  definitions: z.array(z.unknown()).min(1),
});
const definitionHead = z.object({ key: z.string().min(1), title: z.string().default('') });

/** Reads `project.json`; a definition that is wrong is a problem, and the others stay. @throws EvaluationError */
export async function loadProject(file: string, place: string, problems: Problem[]): Promise<Project> {
  const at = { file, code: 'PROJECT_INVALID' } as const;
  const { name, definitions, ...rest } = parseAs(projectFile, parseJson(await readText(file), file), at);
  const seen = new Set<string>();
  const good: Definition[] = [];
  for (const [index, one] of definitions.entries()) {
    const definition = await gather(problems, () => parseDefinition(one, file, `definitions/${index}`, seen));
    if (definition) good.push(definition);
  }
  return { ...rest, name: place || (name ?? ''), definitions: good };
}

function parseDefinition(value: unknown, file: string, at: string, seen: Set<string>): Definition {
  const where = { file, code: 'DEFINITION_INVALID', at } as const;
  const { key, title } = parseAs(definitionHead, value, where);
  if (seen.has(key)) throw new EvaluationError(where.code, file, `${at}: another definition has the key ${key}`);
  seen.add(key);
  return { key, title, question: parseAs(question, value, where) };
}
