import {
  CurrentPrincipal,
  CurrentRequest,
  requirePrincipal,
  type Principal,
  type RequestContext,
} from '@harmony/access';
import { PageArguments, type Connection } from '@harmony/api';
import { Args, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { filterOf } from '../../api/filter.inputs.js';
import { given } from '../../api/given.js';
import { ExportQueries } from '../read-model/export-queries.js';
import type { ExportView } from '../read-model/export-view.js';
import { SignExport } from '../download/sign-export.js';
import { CancelExport } from '../start/cancel-export.js';
import { StartExport } from '../start/start-export.js';
import { ExportConnection, ExportType, StartExportInput } from './export.types.js';

const id = { type: () => ID, description: 'Id of the export.' } as const;

/** Exports in GraphQL; the files themselves come from their links. */
@Resolver(() => ExportType)
export class ExportResolver {
  constructor(
    private readonly queries: ExportQueries,
    private readonly starting: StartExport,
    private readonly cancelling: CancelExport,
    private readonly signing: SignExport,
  ) {}

  @Query(() => ExportType, { description: 'One export; UNKNOWN_EXPORT but for whoever asked for it.' })
  export(@CurrentPrincipal() principal: Principal, @Args('id', id) exportId: string): Promise<ExportView> {
    return this.queries.byId(principal, exportId);
  }

  @Query(() => ExportConnection, { description: 'What the reader has asked for, newest first.' })
  exports(@CurrentPrincipal() principal: Principal, @Args() page: PageArguments): Promise<Connection<ExportView>> {
    return this.queries.list(principal, page);
  }

  @ResolveField(() => String, {
    nullable: true,
    description:
      'Of one that was COMPLETED, also after its file has expired, what the file is, signed: a compact JWS (EdDSA) with the SHA-256 of the file, its size, its rows, and who asked for what, when. Anybody can check it with the keys of GET /v1/signing-keys.',
  })
  signature(
    @Parent() { id: exportId, status }: ExportView,
    @CurrentPrincipal() principal: Principal,
  ): Promise<string> | null {
    return status === 'COMPLETED' || status === 'EXPIRED' ? this.signing.execute(exportId, principal) : null;
  }

  @Mutation(() => ExportType, {
    description:
      'Has a file made. Of at most 5,000 conversations it is there with the answer; ask for larger ones until they are COMPLETED.',
  })
  async startExport(
    @CurrentRequest() request: RequestContext,
    @Args('input', { description: 'What to export.' }) { asOf, filter, ...input }: StartExportInput,
  ): Promise<ExportView> {
    const wanted = { ...given(input), filter: filterOf(filter), ...(asOf && { asOf: asOf.toISOString() }) };
    return this.queries.byId(requirePrincipal(request), await this.starting.execute(wanted, request));
  }

  @Mutation(() => ExportType, { description: 'Stops an export; EXPORT_ENDED for one that has another end already.' })
  async cancelExport(@CurrentRequest() request: RequestContext, @Args('id', id) exportId: string): Promise<ExportView> {
    await this.cancelling.execute(exportId, request);
    return this.queries.byId(requirePrincipal(request), exportId);
  }
}
