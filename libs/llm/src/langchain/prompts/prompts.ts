import { readFileSync } from 'node:fs';
import type { InsightType } from '@harmony/contracts';

/** Every prompt, with the version of its text. A changed text gets a file and a version of its own. */
const versions = {
  system: 1,
  conversation: 1,
  notes: 1,
  'from-notes': 1,
  'from-passages': 1,
  repair: 1,
  summary: 1,
  competitors: 1,
  discount: 1,
  'buyer-engagement': 1,
  'open-question': 1,
  'yes-no': 1,
  checklist: 1,
  markdown: 1,
  group: 1,
  scale: 1,
  funnel: 1,
  'spin-improvement': 1,
  'spin-distribution': 1,
  extraction: 1,
} as const;
export type PromptName = keyof typeof versions;

export const promptNames = Object.keys(versions) as readonly PromptName[];

/** What every question is asked with, whatever its type. */
const frame: readonly PromptName[] = ['system', 'conversation', 'notes', 'from-notes', 'from-passages', 'repair'];

/** For instance `yes-no.v1`; also the name of the file. */
export const versioned = (name: PromptName): string => `${name}.v${versions[name]}`;

export const promptOf = (type: InsightType | 'EXTRACTION'): PromptName => {
  const name = type.toLowerCase().replaceAll('_', '-');
  const found = promptNames.find((one) => one === name);
  if (found === undefined) throw new Error(`There is no prompt for ${type}.`);
  return found;
};

/** Of everything that questions of a type are asked with. */
export const templateVersionOf = (type: InsightType | 'EXTRACTION'): string =>
  [promptOf(type), ...frame].map(versioned).join(' ');

const texts = new Map<PromptName, string>();

/** The text of a prompt, as it stands in its file. */
export function promptText(name: PromptName): string {
  const text = texts.get(name) ?? readFileSync(new URL(`${versioned(name)}.md`, import.meta.url), 'utf8').trim();
  texts.set(name, text);
  return text;
}

/** A prompt with its `{{places}}` filled, once: what is filled in is not looked through again. */
export function render(name: PromptName, values: Readonly<Record<string, string>> = {}): string {
  return promptText(name).replace(/\{\{(\w+)\}\}/g, (place, key: string) => {
    const value = values[key];
    if (value === undefined) throw new Error(`Nothing fills ${place} of ${versioned(name)}.`);
    return value;
  });
}
