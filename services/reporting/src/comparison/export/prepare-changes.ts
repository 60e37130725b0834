import type { Principal } from '@harmony/access';
import type { Configuration } from '@harmony/config';
import { HarmonyError, type ExportRequest } from '@harmony/contracts';
import type { Clock } from '@harmony/kernel';
import { CLOCK, CONFIGURATION } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { fileNameOf } from '../../exports/domain/file-name.js';
import type { PreparedExport } from '../../exports/write/prepare-export.js';
import { ProjectCatalogue } from '../../read-model/project-catalogue.js';
import { ReviewedRevisions } from '../reviewed-revisions.js';
import { changesCsv, changesLines, changesSelection } from './changes-statements.js';

/** Finds out what a file of changes holds (F35), for the rights that its requester has now. */
@Injectable()
export class PrepareChanges {
  constructor(
    private readonly revisions: ReviewedRevisions,
    private readonly catalogue: ProjectCatalogue,
    @Inject(CONFIGURATION) private readonly configuration: Pick<Configuration, 'http'>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws HarmonyError as {@link ReviewedRevisions.find} does; UNKNOWN_REVISION for one of another project too */
  async execute(principal: Principal, request: ExportRequest): Promise<PreparedExport> {
    const revision = await this.revisions.find(principal, request.revisionId ?? '');
    if (revision.projectId !== request.projectId.toLowerCase()) throw new HarmonyError('UNKNOWN_REVISION');
    const { name } = await this.catalogue.of(principal, revision.projectId, { asOf: null, revisionId: null });
    const source = { principal, revision, link: `${this.configuration.http.publicUrl ?? ''}/v1/conversations/` };
    return {
      workspaceId: principal.workspaceId,
      statement: request.format === 'CSV' ? changesCsv(source) : changesLines(source),
      selection: changesSelection(source, 1),
      fileName: fileNameOf(name, request, this.clock.now().toISOString()),
      byteOrderMark: request.byteOrderMark && request.format === 'CSV',
    };
  }
}
