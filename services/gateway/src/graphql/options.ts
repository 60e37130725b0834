import type { ApolloServerPlugin, GraphQLRequestListener } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
} from '@apollo/server/plugin/disabled';
import type { ApolloDriverConfig } from '@nestjs/apollo';
import type { GraphQLFormattedError, ValidationRule } from 'graphql';
import { auditRefusal, type Audit } from '../http/audit.js';
import { costError } from './cost-limit.js';
import { CompilingDriver } from './execution/compiling-driver.js';
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
    driver: CompilingDriver,
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
    // Errors of ours state no HTTP status, so there is none to undo.
    preserveHttpStatusForExecutionErrors: false,
    // Apollo asks every plugin at every step of every request, so there is one, and those that it adds itself are off:
    // traces are ours, and what we answer is a person's own and never cached (see `graphqlRequestShape`).
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      watchRequests(options.limits.maximumCost, options.audit),
    ],
  };
}

interface GraphqlContext {
  readonly req?: object;
}

/** Refuses what costs too much, and writes the audit line of a refusal. */
function watchRequests(maximumCost: number, audit: Audit): ApolloServerPlugin<GraphqlContext> {
  const listener: GraphQLRequestListener<GraphqlContext> = {
    didResolveOperation: async ({ schema, document, request, operationName }) => {
      const variables = request.variables;
      const operation = { schema, document, variables, operationName: operationName ?? undefined };
      const error = costError({ ...operation, maximumCost });
      if (error) throw error;
    },
    didEncounterErrors: async ({ errors, contextValue }) => {
      for (const error of errors) {
        const code = harmonyErrorIn(error)?.code;
        if (code) auditRefusal(audit, code, contextValue.req);
      }
    },
  };
  return { requestDidStart: async () => listener };
}
