import { HarmonyError } from '@harmony/contracts';
import type { Clock } from '@harmony/kernel';
import type { JobContext, JobDefinition } from '@harmony/messaging';
import { CLOCK, JobRunner } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { causeOfEnd, decideFailure } from '../domain/export.js';
import { ExportStreams } from '../streams/export-streams.js';
import { WriteExport } from '../write/write-export.js';
import { writeExportJob, writeExportPayload, type WriteExportPayload } from './jobs.js';

/** Writes an export that is not written at once, or whose writer died. */
@JobRunner()
@Injectable()
export class WriteExportJob implements JobDefinition<WriteExportPayload> {
  readonly name = writeExportJob.name;
  readonly payload = writeExportPayload;
  readonly attempts = 8;
  readonly timeLimitMs = 2 * 3_600_000;
  readonly isLong = true;

  constructor(
    private readonly writer: WriteExport,
    private readonly exports: ExportStreams,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** What the requester must not have, or asked for in vain, stays so: nothing is tried again. */
  async run(payload: WriteExportPayload, { signal }: JobContext): Promise<void> {
    try {
      await this.writer.execute(payload.exportId, signal);
    } catch (error) {
      if (!(error instanceof HarmonyError && error.kind === 'rejected')) throw error;
      await this.failed(payload, error);
    }
  }

  async failed({ exportId }: WriteExportPayload, error: unknown): Promise<void> {
    const code = error instanceof HarmonyError ? error.code : 'INTERNAL';
    const { state } = await this.exports.load(exportId);
    if (!state) return;
    await this.exports.change(exportId, causeOfEnd(state, this.clock.now()), { decision: 'failed' }, (current) =>
      decideFailure(current, code),
    );
  }
}
