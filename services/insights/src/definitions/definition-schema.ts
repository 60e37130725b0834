import { lineOfText, parseInput } from '@harmony/api';
import type { Question } from '@harmony/contracts';
import { z } from 'zod';
import { withoutNulls } from '../commands/one-of.js';
import { storable } from '../commands/storable.js';
import type { DefinitionChanges, NewDefinition } from '../domain/decide-definitions.js';
import { questionSchema } from './question-schema.js';

const title = lineOfText(200);
const context = z.string().trim().max(4000);
const desiredOutcome = z.string().trim().max(1000);
const successAnswer = z.enum(['YES', 'NO']);

const newDefinition = z.strictObject({
  question: questionSchema,
  title,
  context: context.default(''),
  usesKnowledge: z.boolean().default(true),
  successAnswer: successAnswer.default('YES'),
  desiredOutcome: desiredOutcome.default(''),
  isActive: z.boolean().default(true),
});

const changes = z.strictObject({
  question: questionSchema.optional(),
  title: title.optional(),
  context: context.optional(),
  usesKnowledge: z.boolean().optional(),
  successAnswer: successAnswer.optional(),
  desiredOutcome: desiredOutcome.optional(),
});

const parse = <Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> =>
  parseInput(storable(schema), withoutNulls(input), 'INVALID_DEFINITION');

/** `input` is outside data. @throws HarmonyError INVALID_DEFINITION that points at each field */
export const parseNewDefinition = (input: unknown): NewDefinition => parse(newDefinition, input);

/** What is absent, or null, stays as it is. @throws HarmonyError INVALID_DEFINITION */
export const parseDefinitionChanges = (input: unknown): DefinitionChanges => parse(changes, input);

/** A question alone, for instance to try it. @throws HarmonyError INVALID_DEFINITION */
export const parseQuestion = (input: unknown): Question => parse(questionSchema, input);
