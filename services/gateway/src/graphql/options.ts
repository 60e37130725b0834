import type { ApolloServerPlugin } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import type { ApolloDriverConfig } from '@nestjs/apollo';
import { ApolloDriver } from '@nestjs/apollo';
import type { GraphQLFormattedError, ValidationRule } from 'graphql';
import { auditRefusal, type Audit } from '../http/audit.js';
import { costError } from './cost-limit.js';
import { harmonyErrorIn } from './format-error.js';
import type { StructureLimits } from './structure-limits.js';

export interface GraphqlLimits extends StructureLimits {
  readonly maximumTokens: number;
  readonly maximumCost: number;
}

export interface GraphqlOptions {
  readonly path: string;
  readonly limits: GraphqlLimits;
  /** Shows the schema and GraphiQL; off in production. */
  readonly explorable: boolean;
  readonly validationRules: readonly ValidationRule[];
  readonly audit: Audit;
  readonly formatError: (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;
}

/** Apollo Server 5 behind Nest: code first, bounded, one error shape. */
export function graphqlOptions(options: GraphqlOptions): ApolloDriverConfig {
  return {
    driver: ApolloDriver,
    autoSchemaFile: true,
    sortSchema: true,
    path: options.path,
    context: ({ req }: { req: object }) => ({ req }),
    csrfPrevention: true,
    introspection: options.explorable,
    graphiql: options.explorable,
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: !options.explorable,
    autoTransformHttpErrors: false,
    parseOptions: { maxTokens: options.limits.maximumTokens },
    validationRules: [...options.validationRules],
    formatError: options.formatError,
    plugins: [
      // It would look at every field; what we answer is a person's own and never cached (see `graphqlRequestShape`).
      ApolloServerPluginCacheControlDisabled(),
      costPlugin(options.limits.maximumCost),
      auditPlugin(options.audit),
    ],
  };
}

function costPlugin(maximumCost: number): ApolloServerPlugin {
  return {
    requestDidStart: async () => ({
      didResolveOperation: async ({ schema, document, request, operationName }) => {
        const variables = request.variables;
        const error = costError({
          schema,
          document,
          variables,
          operationName: operationName ?? undefined,
          maximumCost,
        });
        if (error) throw error;
      },
    }),
  };
}

function auditPlugin(audit: Audit): ApolloServerPlugin<{ req?: object }> {
  return {
    requestDidStart: async () => ({
      didEncounterErrors: async ({ errors, contextValue }) => {
        for (const error of errors) {
          const code = harmonyErrorIn(error)?.code;
          if (code) auditRefusal(audit, code, contextValue.req);
        }
      },
    }),
  };
}
