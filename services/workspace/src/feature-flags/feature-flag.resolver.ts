import {
  CurrentPrincipal,
  CurrentRequest,
  DirectoryQueries,
  type Principal,
  type RequestContext,
} from '@harmony/access';
import { decodeCursor, PageArguments, toConnection } from '@harmony/api';
import { featureFlags } from '@harmony/contracts';
import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import { FeatureFlagConnection, FeatureFlagType } from './feature-flag.type.js';
import { SetFeatureFlag } from './set-feature-flag.js';

@Resolver(() => FeatureFlagType)
export class FeatureFlagResolver {
  constructor(
    private readonly queries: DirectoryQueries,
    private readonly setting: SetFeatureFlag,
  ) {}

  @Query(() => FeatureFlagConnection, { description: 'Every flag that the product knows; unset means off.' })
  async featureFlags(
    @CurrentPrincipal() principal: Principal,
    @Args() page: PageArguments,
  ): Promise<FeatureFlagConnection> {
    const enabled = await this.queries.enabledFlags(principal);
    const after = page.after ? String(decodeCursor(page.after, 1)[0]) : '';
    const flags = [...featureFlags].sort().filter((flag) => flag > after);
    return toConnection(
      page,
      flags,
      (flag) => [flag],
      (flag) => ({ flag, enabled: enabled.has(flag) }),
    );
  }

  @Mutation(() => FeatureFlagType, {
    description: 'Switches a part of the product on or off, for the whole workspace.',
  })
  setFeatureFlag(
    @CurrentRequest() request: RequestContext,
    @Args('flag', { description: 'Its name.' }) flag: string,
    @Args('enabled', { description: 'True: on.' }) enabled: boolean,
  ): Promise<FeatureFlagType> {
    return this.setting.run(request, { flag, enabled });
  }
}
