import type { Clock } from '@harmony/kernel';
import type { JobDefinition } from '@harmony/messaging';
import type { ObjectStore } from '@harmony/object-store';
import { CLOCK, JobRunner, OBJECT_STORE } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { causeOfEnd, decideExpiry, isDue } from '../domain/export.js';
import { ExportStreams } from '../streams/export-streams.js';
import { fileKeyOf } from '../write/file.js';
import { removeExportJob, removeExportPayload, type RemoveExportPayload } from './jobs.js';

/** Takes away the file of an export whose time is over, and what a writer left of one that ended without. */
@JobRunner()
@Injectable()
export class RemoveExportJob implements JobDefinition<RemoveExportPayload> {
  readonly name = removeExportJob.name;
  readonly payload = removeExportPayload;
  /** Over days: a file is not kept for ever because a disk was away over the weekend. */
  readonly attempts = 40;
  readonly timeLimitMs = 5 * 60_000;

  constructor(
    private readonly exports: ExportStreams,
    @Inject(OBJECT_STORE) private readonly objects: ObjectStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run({ endedExportId }: RemoveExportPayload): Promise<void> {
    const { state } = await this.exports.load(endedExportId);
    const now = this.clock.now();
    if (!state || state.outcome === 'OPEN' || (state.outcome === 'COMPLETED' && !isDue(state, now))) return;
    await this.objects.delete(fileKeyOf(state));
    await this.exports.change(endedExportId, causeOfEnd(state, now), { decision: 'expired' }, (current) =>
      decideExpiry(current, now),
    );
  }
}
