import { z } from 'zod';

export const conversationId = z.uuid();
export const runId = z.uuid();
export const projectId = z.uuid();
export const version = z.int().positive();
export const code = z.string().min(1);
export const durationMs = z.int().nonnegative();
export const offset = z.int().nonnegative();

/** SHA-256 in hex of everything that an answer depends on (D4): equal identities have equal answers. */
export const identity = z.string().length(64);

/** One definition on one conversation in one run. */
export const cell = { conversationId, runId, projectId, definitionId: z.uuid(), definitionVersion: version };
export const publicCell = z.object({ ...cell, resultId: z.uuid() });
