import type { AnalysedConversation } from '@harmony/llm';
import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { loadConversation } from './conversation.js';
import type { Gold } from './gold-format.js';
import { loadGold } from './gold.js';
import { EvaluationError, gather, type Problem } from './problem.js';
import { loadProject, type Definition, type Project } from './project.js';

/** One definition asked of one conversation, and what a person answered. */
export interface Case {
  readonly project: Project;
  readonly definition: Definition;
  /** Path of the conversation below the folder, without its ending. */
  readonly place: string;
  readonly conversation: AnalysedConversation;
  readonly gold: Gold;
}

export interface LoadedFolder {
  readonly cases: readonly Case[];
  readonly problems: readonly Problem[];
}

const projectFileName = 'project.json';
const goldEnding = '.gold.json';

/** Loads every project below a folder, or the project that it is itself; whatever cannot be used is a problem. */
export async function loadFolder(folder: string): Promise<LoadedFolder> {
  const problems: Problem[] = [];
  const cases: Case[] = [];
  const listed = await gather(problems, () => filesBelow(folder));
  const projectFolders = [...(listed ?? [])].filter(([, files]) => files.includes(projectFileName));
  if (listed && projectFolders.length === 0) {
    problems.push({ code: 'NO_PROJECT', file: folder, detail: `no ${projectFileName} here or below` });
  }
  for (const [place, files] of projectFolders) {
    cases.push(...((await gather(problems, () => loadCases(folder, place, files, problems))) ?? []));
  }
  return { cases, problems };
}

async function loadCases(root: string, place: string, files: readonly string[], problems: Problem[]): Promise<Case[]> {
  const folder = join(root, place);
  const project = await loadProject(join(folder, projectFileName), place, problems);
  const jsons = files.filter((name) => name.endsWith('.json') && name !== projectFileName);
  const conversations = jsons.filter((name) => !name.endsWith(goldEnding));
  if (conversations.length === 0) {
    problems.push({ code: 'NO_CONVERSATION', file: folder, detail: 'the project has no conversation' });
  }
  for (const name of jsons.filter((one) => one.endsWith(goldEnding))) {
    if (conversations.includes(name.replace(goldEnding, '.json'))) continue;
    problems.push({ code: 'CONVERSATION_MISSING', file: join(folder, name), detail: 'gold of no conversation' });
  }
  const cases: Case[] = [];
  for (const name of conversations) {
    cases.push(...((await gather(problems, () => casesOf(join(folder, name), root, project, files, problems))) ?? []));
  }
  return cases;
}

async function casesOf(
  file: string,
  root: string,
  project: Project,
  files: readonly string[],
  problems: Problem[],
): Promise<Case[]> {
  const goldPath = file.replace(/\.json$/, goldEnding);
  const hasGold = files.some((name) => goldPath.endsWith(name) && name.endsWith(goldEnding));
  const conversation = await loadConversation(file);
  if (!hasGold) throw new EvaluationError('GOLD_MISSING', file, 'no gold answers lie beside it');
  const golds = await loadGold({ file: goldPath, definitions: project.definitions, conversation }, problems);
  const place = relative(root, file).replace(/\.json$/, '');
  return project.definitions.flatMap((definition) => {
    const gold = golds.get(definition.key);
    return gold ? [{ project, definition, place, conversation, gold }] : [];
  });
}

/** The names of files by their folder, relative to the root, in an order that never changes. */
async function filesBelow(root: string, place = ''): Promise<Map<string, string[]>> {
  const entries = await readdir(join(root, place), { withFileTypes: true }).catch((error: Error) => {
    throw new EvaluationError('FOLDER_NOT_FOUND', join(root, place), error.message);
  });
  const visible = entries.filter(({ name }) => !name.startsWith('.') && name !== 'node_modules');
  const found = new Map([
    [
      place,
      visible
        .filter((one) => one.isFile())
        .map(({ name }) => name)
        .sort(),
    ],
  ]);
  for (const { name } of visible.filter((one) => one.isDirectory()).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    for (const [below, files] of await filesBelow(root, join(place, name))) found.set(below, files);
  }
  return found;
}
