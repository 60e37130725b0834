import { errorCatalogue, HarmonyError } from '@harmony/contracts';

/** Whether there is anything to export, and why not, in words for people. */
export interface ExportAvailability {
  readonly isEnabled: boolean;
  /** Null where it is enabled. */
  readonly disabledReason: string | null;
}

interface Asking {
  readonly definitions: readonly { readonly isActive: boolean; readonly isRemoved: boolean }[];
}

/** A project that asks nothing has no report. */
export function exportAvailability({ definitions }: Asking): ExportAvailability {
  const isEnabled = definitions.some(({ isActive, isRemoved }) => isActive && !isRemoved);
  return { isEnabled, disabledReason: isEnabled ? null : errorCatalogue.NO_INSIGHTS_DEFINED.title };
}

/** @throws HarmonyError NO_INSIGHTS_DEFINED */
export function requireExportable(project: Asking): void {
  if (!exportAvailability(project).isEnabled) throw new HarmonyError('NO_INSIGHTS_DEFINED');
}
