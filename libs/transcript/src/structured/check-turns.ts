import { HarmonyError, type FieldError } from '@harmony/contracts';
import type { z } from 'zod';
import { sliceMeter, type Slices } from '../slices.js';
import { structuredTurnSchema, type Participant, type StructuredTurn } from './format.js';

/** Enough to see what is wrong; a file of another format is wrong in every turn. */
export const maximumErrors = 50;

/** What a turn costs to look at beside its text, in the units of a slice. */
const turnCost = 100;

/**
 * Parses the turns one by one. Times need not grow from turn to turn, since people talk at the same time.
 * @throws HarmonyError INVALID_INPUT with the first 50 fields that are refused, or EMPTY_TRANSCRIPT when nobody says anything
 */
export function* checkTurns(turns: readonly unknown[], participants: readonly Participant[]): Slices<StructuredTurn[]> {
  const ids = new Set(participants.map(({ id }) => id));
  const errors: FieldError[] = repeatedIds(participants);
  const checked: StructuredTurn[] = [];
  const isSliceOver = sliceMeter();
  let hasWords = false;
  for (const [index, turn] of turns.entries()) {
    const parsed = structuredTurnSchema.safeParse(turn);
    errors.push(...(parsed.success ? wrongIn(parsed.data, ids) : issuesOf(parsed.error)).map(at(`/turns/${index}`)));
    if (errors.length >= maximumErrors) break;
    if (!parsed.success) continue;
    checked.push(parsed.data);
    hasWords ||= /[\p{L}\p{N}\p{P}\p{S}]/u.test(parsed.data.text);
    if (isSliceOver(turnCost + parsed.data.text.length)) yield;
  }
  if (errors.length > 0) throw new HarmonyError('INVALID_INPUT', { errors: errors.slice(0, maximumErrors) });
  if (!hasWords) throw new HarmonyError('EMPTY_TRANSCRIPT', { errors: [nobodySpeaks] });
  return checked;
}

const nobodySpeaks: FieldError = {
  pointer: '/turns',
  detail: 'No turn holds any words.',
  code: 'EMPTY_TRANSCRIPT',
};

const at =
  (place: string) =>
  (error: FieldError): FieldError => ({ ...error, pointer: `${place}${error.pointer}` });

function repeatedIds(participants: readonly Participant[]): FieldError[] {
  const seen = new Set<string>();
  return participants.flatMap(({ id }, index) => {
    const isRepeated = seen.has(id);
    seen.add(id);
    return isRepeated ? [{ pointer: `/participants/${index}/id`, detail: 'Another participant has this id.' }] : [];
  });
}

function wrongIn({ participantId, startMs, endMs }: StructuredTurn, ids: ReadonlySet<string>): FieldError[] {
  const unknown = ids.has(participantId) ? [] : [{ pointer: '/participantId', detail: 'No participant has this id.' }];
  const isBackwards = typeof startMs === 'number' && typeof endMs === 'number' && endMs < startMs;
  return isBackwards ? [...unknown, { pointer: '/endMs', detail: 'Must not be before startMs.' }] : unknown;
}

function issuesOf(error: z.ZodError): FieldError[] {
  return error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.slice(0, maximumErrors).map((key) => ({
          pointer: `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`,
          detail: 'No such property is known.',
        }))
      : [{ pointer: issue.path.map((part) => `/${String(part)}`).join(''), detail: issue.message }],
  );
}
