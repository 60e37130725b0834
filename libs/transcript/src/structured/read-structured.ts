import { HarmonyError } from '@harmony/contracts';
import { z } from 'zod';
import type { Slices } from '../slices.js';
import type { Transcript } from '../transcript.js';
import { checkTurns, maximumErrors } from './check-turns.js';
import { participantsSchema, structuredHeader, uncheckedTurns } from './format.js';
import { structuredTranscript } from './structured-transcript.js';

/** Other things that a file says of itself do no harm: it was stored for what it holds. */
const fileSchema = z.object({ ...structuredHeader, participants: participantsSchema, turns: uncheckedTurns });

/**
 * Makes turns and speakers of a file in the structured format (D14).
 * @throws HarmonyError INVALID_JSON, INVALID_INPUT or EMPTY_TRANSCRIPT
 */
export function* readStructured(text: string): Slices<Transcript> {
  const { participants, turns } = parseFile(text);
  yield;
  return yield* structuredTranscript({ participants, turns: yield* checkTurns(turns, participants) });
}

function parseFile(text: string): z.output<typeof fileSchema> {
  const parsed = fileSchema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  throw new HarmonyError('INVALID_INPUT', {
    errors: parsed.error.issues.slice(0, maximumErrors).map(({ path, message }) => ({
      pointer: path.map((part) => `/${String(part)}`).join(''),
      detail: message,
    })),
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw new HarmonyError('INVALID_JSON', { detail: 'The file is not valid JSON.', cause });
  }
}
