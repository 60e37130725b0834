import { z } from 'zod';
import { structuredTranscriptSchema } from './format.js';

/** The structured transcript format as a JSON Schema document (2020-12), as it is published. */
export function renderStructuredTranscriptSchema(): string {
  const { $schema, ...schema } = z.toJSONSchema(structuredTranscriptSchema, { io: 'input' });
  const document = {
    $schema,
    $id: 'urn:harmony:schema:structured-transcript',
    title: 'Structured transcript',
    description:
      'A conversation with its participants and turns. Ids of participants must differ, every turn must name one of them, and endMs must not be before startMs.',
    ...schema,
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}
