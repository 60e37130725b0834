import { HarmonyError, revisionInput, type RevisionInput } from '@harmony/contracts';
import { parseInput } from '../parse-input.js';
import { presetDays, type RevisionFormInput } from './revision.inputs.js';

const dayMs = 24 * 60 * 60_000;

/**
 * The form as it was filled in, complete.
 * @param now where the presets end
 * @throws HarmonyError INVALID_INPUT for a range that is too long, is none, or is given twice, and for other values
 */
export function revisionInputOf(input: RevisionFormInput, now: Date): RevisionInput {
  const { startStage, includeCompleted, statuses, force, noiseSample } = input;
  const options = Object.entries({ startStage, includeCompleted, statuses, force, noiseSample });
  return parseInput(revisionInput, {
    ...Object.fromEntries(options.filter(([, value]) => value !== null)),
    ...{ projectId: input.projectId.toLowerCase(), ...rangeOf(input, now) },
  });
}

function rangeOf({ range, from, to }: RevisionFormInput, now: Date): { readonly from: string; readonly to: string } {
  if (!from && to) throw refused('/from', 'A range that has an end has a start.');
  if (from && range) throw refused('/range', 'Either a preset, or a range of your own.');
  if (from) return { from: from.toISOString(), to: (to ?? now).toISOString() };
  const start = new Date(now.getTime() - presetDays[range ?? 'LAST_7_DAYS'] * dayMs);
  return { from: start.toISOString(), to: now.toISOString() };
}

const refused = (pointer: string, detail: string): HarmonyError =>
  new HarmonyError('INVALID_INPUT', { detail, errors: [{ pointer, detail }] });
