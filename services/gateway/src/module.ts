import { HarmonyError } from '@harmony/contracts';
import type { ServiceDescriptor } from '@harmony/runtime';
import { Module, type DynamicModule } from '@nestjs/common';
import { GraphQLModule } from '@nestjs/graphql';
import type { ApolloDriverConfig } from '@nestjs/apollo';
import { graphqlOptions, type GraphqlOptions } from './graphql/options.js';

export interface GatewayModuleOptions {
  readonly descriptors: readonly ServiceDescriptor[];
  /** The global module that provides the backends by their tokens. */
  readonly backends: DynamicModule;
  readonly graphql: GraphqlOptions;
}

/** Every service's api face in one Nest application with one GraphQL schema. */
@Module({})
export class GatewayModule {
  static forRoot({ descriptors, backends, graphql }: GatewayModuleOptions): DynamicModule {
    if (descriptors.length === 0)
      throw new HarmonyError('INVALID_CONFIGURATION', { detail: 'A gateway needs a service.' });
    return {
      module: GatewayModule,
      imports: [
        backends,
        GraphQLModule.forRoot<ApolloDriverConfig>(graphqlOptions(graphql)),
        ...descriptors.map(({ api }) => api),
      ],
    };
  }
}
