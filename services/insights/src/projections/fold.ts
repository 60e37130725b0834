import type { HarmonyEvent } from '@harmony/contracts';
import type { PositionedEvent, Row } from '@harmony/read-model';

type ProjectEvent = HarmonyEvent & { readonly data: { readonly projectId: string } };
type DefinitionEvent = HarmonyEvent & { readonly data: { readonly definitionId: string } };

/** The key of the row of a project. */
export const projectKey = ({ event }: { readonly event: ProjectEvent }): string[][] => [[event.data.projectId]];

/** The key of the row of a definition. */
export const definitionKey = ({ event }: { readonly event: DefinitionEvent }): string[][] => [
  [event.data.definitionId],
];

/** When the row was last heard of, and where in its stream. */
export const touched = ({ event, revision }: PositionedEvent): Row => ({ updated_at: event.occurredAt, revision });

/** A row that is not there stays away. */
export const changed = (row: Row | undefined, more: Row): Row | undefined => row && { ...row, ...more };

export const gone = (): undefined => undefined;

/** Only what the event names; the rest of the row stays. */
export const named = (values: Row): Row =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
