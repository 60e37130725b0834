import { HarmonyError } from '@harmony/contracts';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { modelReply, type Ask, type ModelCall, type ModelReply } from '../model/ask.js';

export const cassetteModes = ['off', 'record', 'replay', 'auto'] as const;
export type CassetteMode = (typeof cassetteModes)[number];

export interface CassetteOptions {
  readonly folder: string;
  readonly mode: CassetteMode;
  /** Names a call by everything that its reply depends on. */
  readonly keyOf: (call: ModelCall) => string;
}

const recording = z.object({
  /** For people who look into the folder. */
  template: z.string(),
  reply: modelReply,
});

/** Without a cost: a reply that is played again was paid for when it was recorded. */
const atNoCost = ({ content }: ModelReply): ModelReply => ({ content, calls: 0, inputTokens: 0, outputTokens: 0 });

/**
 * Keeps replies in a folder, one file for each call, named by what was asked; and answers from there (B13).
 * @throws HarmonyError CASSETTE_MISS, when only recorded replies may be used and this call has none
 */
export function withCassettes(ask: Ask, { folder, mode, keyOf }: CassetteOptions): Ask {
  if (mode === 'off') return ask;
  return async (call, signal) => {
    const file = fileOf(folder, keyOf(call));
    const kept = mode === 'record' ? undefined : await read(file);
    if (kept !== undefined) return atNoCost(kept);
    if (mode === 'replay') throw miss(call, file);
    const reply = await ask(call, signal);
    await write(file, { template: call.template, reply });
    return reply;
  };
}

/**
 * The reply that is kept under a key; undefined where there is none.
 * @throws HarmonyError CASSETTE_MISS for one that is damaged
 */
export const recordedReply = (folder: string, key: string): Promise<ModelReply | undefined> =>
  read(fileOf(folder, key));

const fileOf = (folder: string, key: string): string => join(folder, `${key}.json`);

async function read(file: string): Promise<ModelReply | undefined> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  const parsed = recording.safeParse(parseJson(text));
  if (parsed.success) return parsed.data.reply;
  throw new HarmonyError('CASSETTE_MISS', {
    detail: `The recording ${file} is damaged. Remove it and record it anew.`,
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whole or not at all, also when the process ends in the middle. */
async function write(file: string, content: z.output<typeof recording>): Promise<void> {
  await mkdir(join(file, '..'), { recursive: true });
  const draft = `${file}.${process.pid}.${Date.now()}`;
  await writeFile(draft, `${JSON.stringify(content, null, 2)}\n`);
  await rename(draft, file);
}

const isMissing = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT';

const miss = ({ template }: ModelCall, file: string): HarmonyError =>
  new HarmonyError('CASSETTE_MISS', {
    detail: `No reply to this question (${template}) is recorded as ${file}. The prompt, the model or the conversation has changed: run again with LLM_CASSETTE_MODE=auto to record what is missing.`,
    facts: { template },
  });
