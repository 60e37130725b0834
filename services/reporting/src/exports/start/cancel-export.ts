import { causeOf, requirePrincipal, type RequestContext } from '@harmony/access';
import type { Clock } from '@harmony/kernel';
import type { JobQueue } from '@harmony/messaging';
import type { ProjectionProgress } from '@harmony/read-model';
import { CLOCK, JOB_QUEUE, PROJECTION_PROGRESS } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { decideCancellation } from '../domain/export.js';
import { exportsProjection } from '../projections/exports.projection.js';
import { ExportStreams } from '../streams/export-streams.js';

/** Stops an export: nothing of it is written any more, and nothing of it stays. */
@Injectable()
export class CancelExport {
  constructor(
    private readonly exports: ExportStreams,
    @Inject(JOB_QUEUE) private readonly jobs: JobQueue,
    @Inject(PROJECTION_PROGRESS) private readonly progress: ProjectionProgress,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Cancelling twice is harmless. @throws HarmonyError UNKNOWN_EXPORT, also for somebody else's; EXPORT_ENDED */
  async execute(exportId: string, request: RequestContext): Promise<void> {
    const principal = requirePrincipal(request);
    const { id } = await this.exports.find(exportId, principal);
    await this.exports.change(id, causeOf(request, this.clock), { decision: 'cancelled' }, (state) =>
      state ? decideCancellation(state) : [],
    );
    // A job that runs looks by itself.
    await this.jobs.cancel(principal.workspaceId, { exportId: id });
    const { position } = await this.exports.load(id);
    if (position) await this.progress.waitFor(exportsProjection.name, position);
  }
}
