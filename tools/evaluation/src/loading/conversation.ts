import { HarmonyError } from '@harmony/contracts';
import type { AnalysedConversation } from '@harmony/llm';
import { atOnce, readStructured, structuredHeader } from '@harmony/transcript';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { EvaluationError } from './problem.js';
import { parseAs, parseJson, readText } from './read-file.js';

const header = z.object(structuredHeader).pick({ title: true, startedAt: true });

/**
 * Reads a conversation in the structured format (D14), as an upload is read.
 * @throws EvaluationError UNREADABLE, INVALID_JSON or CONVERSATION_INVALID
 */
export async function loadConversation(file: string): Promise<AnalysedConversation> {
  const text = await readText(file);
  const { title, startedAt } = parseAs(header, parseJson(text, file), { file, code: 'CONVERSATION_INVALID' });
  const { turns, speakers } = transcriptOf(text, file);
  return {
    key: createHash('sha256').update(text).digest('hex'),
    title: title ?? '',
    startedAt: startedAt ?? null,
    voices: speakers.map(({ code, name, role }) => ({ code, name, role: role ?? null })),
    turns,
  };
}

function transcriptOf(text: string, file: string) {
  try {
    return atOnce(readStructured(text));
  } catch (error) {
    if (!(error instanceof HarmonyError)) throw error;
    const fields = error.errors.slice(0, 5).map(({ pointer, detail }) => `${pointer}: ${detail}`);
    throw new EvaluationError('CONVERSATION_INVALID', file, fields.join('; ') || error.message);
  }
}
