import { HarmonyError, type EventType } from '@harmony/contracts';
import type { LogPosition } from '@harmony/event-store';
import type { Fact } from '@harmony/kernel';
import type { ProjectionProgress } from '@harmony/read-model';
import { PROJECTION_PROGRESS } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { revisionsProjection } from '../projections/revisions.projection.js';
import { inForceReadModels } from '../read-model/read-models.js';

const changesReports: ReadonlySet<string> = new Set<EventType>([
  ...(['RevisionPublished', 'RevisionMadeLive', 'RevisionRolledBack'] as const),
]);

/** Waits until readers see what a command has changed: whoever has made a revision live sees it in the next report. */
@Injectable()
export class Visibility {
  constructor(@Inject(PROJECTION_PROGRESS) private readonly progress: ProjectionProgress) {}

  /** @throws HarmonyError READ_MODEL_BEHIND */
  async of(decided: readonly Pick<Fact, 'type'>[], position: LogPosition): Promise<void> {
    const isForReports = decided.some(({ type }) => changesReports.has(type));
    await (isForReports ? this.everywhere(position) : this.progress.waitFor(revisionsProjection.name, position));
  }

  /** In each read model that shows revisions or what is in force. @throws HarmonyError READ_MODEL_BEHIND */
  async everywhere(position: LogPosition): Promise<void> {
    const others = inForceReadModels.map((name) => this.ifPresent(name, position));
    await Promise.all([this.progress.waitFor(revisionsProjection.name, position), ...others]);
  }

  /** Nobody waits for a service that is not part of the system. */
  private async ifPresent(name: string, position: LogPosition): Promise<void> {
    try {
      await this.progress.waitFor(name, position);
    } catch (error) {
      if (!(error instanceof HarmonyError && error.code === 'UNKNOWN_PROJECTION')) throw error;
    }
  }
}
