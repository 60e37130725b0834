import { answer, spinQuadrants } from '@harmony/contracts';
import { z } from 'zod';

const count = z.int().nonnegative();
const quadrant = z.enum(spinQuadrants);

const openAnswer = z.object({ type: z.literal('OPEN_QUESTION'), text: z.string() });
const distribution = z.object({
  type: z.literal('SPIN_DISTRIBUTION'),
  quadrants: z
    .array(z.object({ quadrant, count, share: z.number().describe('Part of all, 0 to 1; 0 where none was asked.') }))
    .describe('Every kind of question once.'),
  questions: z.array(z.object({ turn: count.describe('Index of the turn.'), quadrant })),
});
/** An answer as REST shows it: {@link answerView}. */
export const answerSchema = z
  .union([...answer.options.filter((option) => !isOneOf(option, openAnswer, distribution)), openAnswer, distribution])
  .describe('By the type of the question.');

type Typed = z.ZodObject<{ type: z.ZodLiteral<string> }>;

function isOneOf({ shape }: Typed, ...others: Typed[]): boolean {
  return others.some((other) => other.shape.type.value === shape.type.value);
}
