import { z } from 'zod';

/** What the process of the native code is asked; one thing at a time, in order. */
export type SherpaRequest =
  | { readonly kind: 'transcribe'; readonly id: number; readonly recogniser: unknown; readonly samples: Int16Array }
  | { readonly kind: 'diarise'; readonly id: number; readonly diariser: unknown; readonly samplesPath: string };

/** What sherpa-onnx says of a piece; times in seconds. */
export const resultSchema = z.object({
  text: z.string(),
  lang: z.string().default(''),
  tokens: z.array(z.string()).default([]),
  timestamps: z.array(z.number()).default([]),
  durations: z.array(z.number()).default([]),
});
export type SherpaResult = z.output<typeof resultSchema>;

const spansSchema = z.array(z.object({ start: z.number(), end: z.number(), speaker: z.int() }));
export type SherpaSpan = z.output<typeof spansSchema>[number];

export const replySchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('transcribed'), id: z.int(), result: resultSchema }),
  z.object({ kind: z.literal('diarised'), id: z.int(), spans: spansSchema }),
  /** `model`: it cannot be loaded. `sound`: it cannot be used on this sound. */
  z.object({ kind: z.literal('failed'), id: z.int(), of: z.enum(['model', 'sound']), why: z.string() }),
]);
export type SherpaReply = z.output<typeof replySchema>;
