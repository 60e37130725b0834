import { causeOf, requirePrincipal, type RequestContext } from '@harmony/access';
import { parseInput } from '@harmony/api';
import { exportRequest, HarmonyError } from '@harmony/contracts';
import { derivedId, type Clock } from '@harmony/kernel';
import type { Logger } from '@harmony/observability';
import type { ProjectionProgress, ScopedDatabase } from '@harmony/read-model';
import { CLOCK, LOGGER, PROJECTION_PROGRESS, SCOPED_DATABASE } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { decideRequest } from '../domain/export.js';
import { exportsProjection } from '../projections/exports.projection.js';
import { ExportStreams } from '../streams/export-streams.js';
import { PrepareExport } from '../write/prepare-export.js';
import { WriteExport } from '../write/write-export.js';
import { isSmall } from './small.js';

const writeWithinMs = 20_000;

/** Each holds a connection to the database. */
const maximumWriters = 4;

/** Has a file made: a small one at once, a large one by a job. */
@Injectable()
export class StartExport {
  private writers = 0;

  constructor(
    private readonly exports: ExportStreams,
    private readonly preparation: PrepareExport,
    private readonly writer: WriteExport,
    @Inject(SCOPED_DATABASE) private readonly database: ScopedDatabase,
    @Inject(PROJECTION_PROGRESS) private readonly progress: ProjectionProgress,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * `input` is outside data. The same command gives the same export.
   * @returns its id; readers see it.
   * @throws HarmonyError INVALID_INPUT, FORBIDDEN, UNKNOWN_PROJECT, UNKNOWN_DEFINITION, UNKNOWN_REVISION, NO_INSIGHTS_DEFINED
   */
  async execute(input: unknown, request: RequestContext): Promise<string> {
    const principal = requirePrincipal(request);
    const wanted = parseInput(exportRequest, input);
    const cause = causeOf(request, this.clock);
    const prepared = await this.preparation.execute(principal, wanted, null);
    const exportId = derivedId(request.commandId, 'export');
    const { fileName } = prepared;
    const requested = { exportId, request: wanted, requestedBy: principal.id, fileName };
    await this.exports.change(exportId, cause, { decision: 'requested' }, (state) => decideRequest(state, requested));
    if (this.writers < maximumWriters && (await isSmall(this.database, prepared))) await this.write(exportId);
    const { position } = await this.exports.load(exportId);
    if (position) await this.progress.waitFor(exportsProjection.name, position);
    return exportId;
  }

  /** The job that every export has tries again what fails here, and says what it failed with. */
  private async write(exportId: string): Promise<void> {
    this.writers += 1;
    try {
      await this.writer.execute(exportId, AbortSignal.timeout(writeWithinMs));
    } catch (error) {
      const code = error instanceof HarmonyError ? error.code : 'INTERNAL';
      this.logger.warn({ code, error }, 'a small export was left to its job');
    } finally {
      this.writers -= 1;
    }
  }
}
