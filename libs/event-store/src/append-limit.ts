import { HarmonyError } from '@harmony/contracts';

/** The JSON of one append stays under this many bytes: older EventStoreDB servers refuse 1 MiB. */
export const appendLimitBytes = 900_000;

/** @throws HarmonyError EVENT_TOO_LARGE, with the size and the limit in its facts. */
export function assertWithinAppendLimit(bytes: number): void {
  if (bytes <= appendLimitBytes) return;
  throw new HarmonyError('EVENT_TOO_LARGE', {
    detail: `The append holds ${bytes} bytes of JSON; at most ${appendLimitBytes} are recorded in one step.`,
    facts: { bytes, limit: appendLimitBytes },
  });
}
