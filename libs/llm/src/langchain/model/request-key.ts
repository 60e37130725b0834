import { createHash } from 'node:crypto';
import type { ModelCall } from './ask.js';
import type { Connection } from './connection.js';

/** SHA-256 in hex of everything that a reply depends on: provider, model, parameters, messages and schema. */
export function requestKey(
  { model, temperature }: Pick<Connection, 'model' | 'temperature'>,
  { messages, schema }: Omit<ModelCall, 'template'>,
): string {
  const asked = [
    model.provider,
    model.name,
    temperature,
    messages.map(({ role, content }) => [role, content]),
    [schema.name, schema.body],
  ];
  return createHash('sha256').update(JSON.stringify(asked)).digest('hex');
}
