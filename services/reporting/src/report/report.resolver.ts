import { CurrentPrincipal, type Principal } from '@harmony/access';
import { Args, ArgsType, Field, ID, Query, Resolver } from '@nestjs/graphql';
import { displayOf, ReportDisplayInput } from '../api/display.inputs.js';
import { filterOf, ReportFilterArgument } from '../api/filter.inputs.js';
import { MomentArguments, requestedMoment } from '../api/moment.args.js';
import { ReportQueries } from './report-queries.js';
import type { ReportView } from './report-view.js';
import { ProjectReportType } from './report.types.js';

@ArgsType()
export class ReportArguments extends MomentArguments {
  @Field(() => ID, { description: 'Of the project.' })
  projectId!: string;

  @Field(() => ReportFilterArgument, { nullable: true, description: 'Absent: every conversation of the project.' })
  filter?: ReportFilterArgument | null;

  @Field(() => ReportDisplayInput, { nullable: true, description: 'Absent: graphs, in UTC.' })
  display?: ReportDisplayInput | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Also definitions that were switched off or removed; absent: false.',
  })
  includeInactive?: boolean | null;
}

/** Reports in GraphQL. */
@Resolver(() => ProjectReportType)
export class ReportResolver {
  constructor(private readonly queries: ReportQueries) {}

  @Query(() => ProjectReportType, {
    description:
      'The whole report of a project, as new as what is known when it is asked for. UNKNOWN_PROJECT when there is no such project for this reader, UNKNOWN_REVISION when it has no such revision.',
  })
  projectReport(
    @CurrentPrincipal() principal: Principal,
    @Args() { projectId, filter, display, includeInactive, ...moment }: ReportArguments,
  ): Promise<ReportView> {
    return this.queries.report(principal, {
      projectId,
      filter: filterOf(filter),
      display: displayOf(display),
      moment: requestedMoment(moment),
      includeInactive: includeInactive ?? false,
    });
  }
}
