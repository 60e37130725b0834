import type { ApolloServerOptions, BaseContext } from '@apollo/server';
import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import type { GraphQLSchema } from 'graphql';
import { queryExecutor } from './query-executor.js';

type Gateway = NonNullable<ApolloServerOptions<BaseContext>['gateway']>;

/** Apollo Server with an executor of ours; Apollo takes one only from a "gateway", which is a schema with an executor. */
export class CompilingDriver extends ApolloDriver {
  override registerServer({ schema, ...options }: ApolloDriverConfig): Promise<void> {
    if (!schema) return super.registerServer(options);
    return super.registerServer({ ...options, gateway: gatewayOf(schema) } as ApolloDriverConfig);
  }
}

function gatewayOf(schema: GraphQLSchema): Gateway {
  const execute = queryExecutor(schema);
  return {
    load: async () => ({
      executor: ({ document, request, context: contextValue }) =>
        execute({ document, operationName: request.operationName, variableValues: request.variables, contextValue }),
    }),
    onSchemaLoadOrUpdate: (tell) => {
      tell({ apiSchema: schema, coreSupergraphSdl: '' });
      return () => undefined;
    },
    stop: async () => undefined,
  };
}
