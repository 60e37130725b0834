import { z } from 'zod';

/** One line that a person typed: trimmed, not empty, without control characters, which Postgres could not store either. */
export const lineOfText = (maximum: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(maximum)
    .regex(/^[^\p{Control}\p{Surrogate}]*$/u, 'Must be one line of text without control characters.');
