import { parseInput } from '@harmony/api';
import { HarmonyError } from '@harmony/contracts';
import { formSchema, type SubmissionForm } from '../submit-conversation/submission.js';

/**
 * The fields of an HTML form as the fields that every way in has: `tags` may repeat, `customFields` is JSON, and what
 * was left empty was not given.
 * @throws HarmonyError INVALID_INPUT
 */
export function submissionOf(fields: ReadonlyMap<string, readonly string[]>): SubmissionForm {
  const given = [...fields].map(([name, values]) => [name, values.filter((value) => value !== '')] as const);
  const named = given.filter(([, values]) => values.length > 0).map(([name, values]) => [name, valueOf(name, values)]);
  return parseInput(formSchema, Object.fromEntries(named));
}

function valueOf(name: string, values: readonly string[]): unknown {
  if (name === 'tags') return values;
  const [value = ''] = values;
  if (values.length > 1) throw refused(name, 'Give this field once.');
  if (name !== 'customFields') return value;
  try {
    return JSON.parse(value);
  } catch {
    throw refused(name, 'Must be a JSON object.');
  }
}

const refused = (name: string, detail: string): HarmonyError =>
  new HarmonyError('INVALID_INPUT', { errors: [{ pointer: `/${name}`, detail }] });
