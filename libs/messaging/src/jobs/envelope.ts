import { HarmonyError } from '@harmony/contracts';
import { z } from 'zod';
import type { JobPriority } from '../jobs-port.js';

/** What graphile-worker keeps as a job's payload. */
const envelopeSchema = z.object({ workspaceId: z.string(), correlationId: z.string(), payload: z.unknown() });

export type JobEnvelope = z.output<typeof envelopeSchema>;

/** @throws HarmonyError INVALID_JOB_PAYLOAD, which no repetition mends. */
export function readEnvelope(raw: unknown): JobEnvelope {
  return readPayload(envelopeSchema, raw);
}

/** @throws HarmonyError INVALID_JOB_PAYLOAD, which no repetition mends. */
export function readPayload<Payload>(schema: z.ZodType<Payload>, raw: unknown): Payload {
  const parsed = schema.safeParse(raw);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues.map((issue) => `${issue.path.join('.') || '(root)'}: ${issue.message}`).join('; ');
  throw new HarmonyError('INVALID_JOB_PAYLOAD', { detail: `The payload does not fit its job: ${where}` });
}

const revisionSuffix = '#revision';

/** Re-runs have a task of their own, so that some workers can be kept for them. */
export const taskOf = (name: string, priority: JobPriority): string =>
  priority === 'revision' ? name + revisionSuffix : name;
