import { z } from 'zod';

/** What is read of a chat completion that is asked for. */
export const completionRequest = z.object({
  model: z.string(),
  messages: z.array(z.object({ role: z.enum(['system', 'user', 'assistant']), content: z.string() })),
  stream: z.boolean().default(false),
  stream_options: z.object({ include_usage: z.boolean() }).optional(),
  temperature: z.number().optional(),
  response_format: z
    .object({ json_schema: z.object({ name: z.string(), schema: z.record(z.string(), z.unknown()) }) })
    .optional(),
});
export type CompletionRequest = z.output<typeof completionRequest>;

/** A request as the server has seen it. */
export interface ModelRequest extends CompletionRequest {
  readonly authorization: string | undefined;
}

/** Of the JSON schema that was sent along, for instance `yes_no`. */
export const schemaNameOf = ({ response_format: format }: CompletionRequest): string => format?.json_schema.name ?? '';
