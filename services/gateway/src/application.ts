import { NestFactory } from '@nestjs/core';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { LoggerService } from '@nestjs/common';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { formatErrorWith } from './graphql/format-error.js';
import type { GraphqlLimits } from './graphql/options.js';
import { structureLimits } from './graphql/structure-limits.js';
import { serveSubscriptions } from './graphql/subscriptions.js';
import { authenticateRequests, authenticateSocket, type RequestAuthenticator } from './http/authentication.js';
import { graphqlRequestShape, jsonBodies, type BodyLimits } from './http/body-limits.js';
import type { Audit } from './http/audit.js';
import { correlate, correlationHeader } from './http/correlation.js';
import { ErrorFilter, writeError } from './http/error-filter.js';
import { rateLimit, type RequestRateLimiter } from './http/rate-limit.js';
import { streamedBodiesOr } from './http/streamed-bodies.js';
import { IdempotencyInterceptor } from './idempotency/idempotency-interceptor.js';
import type { IdempotencyStore } from './idempotency/idempotency-store.js';
import { GatewayModule, type GatewayModuleOptions } from './module.js';

export interface GatewayOptions extends Omit<GatewayModuleOptions, 'graphql'> {
  readonly limits: GraphqlLimits;
  readonly explorable: boolean;
  readonly authenticator: RequestAuthenticator;
  readonly rateLimiter: RequestRateLimiter;
  readonly idempotency: Pick<IdempotencyStore, 'claim' | 'complete' | 'release'>;
  /** Health, readiness and metrics; served before authentication. */
  readonly operations: readonly RequestHandler[];
  readonly logger: LoggerService | false;
  readonly audit: Audit;
  /** Told of errors that nobody foresaw. */
  readonly report: (error: unknown, request?: Request) => void;
  readonly isAllowedOrigin: (origin: string) => boolean;
}

export interface RunningGateway {
  readonly url: string;
  /** Stops listening, tells sockets to go elsewhere, waits for requests in flight. */
  close(): Promise<void>;
}

const graphqlPath = '/graphql';

/** What a page of an allowed origin may read of an answer. */
const exposedHeaders = [
  correlationHeader,
  'RateLimit-Limit',
  'RateLimit-Remaining',
  'RateLimit-Reset',
  'Retry-After',
  'Location',
];

const bodyLimitsOf = (descriptors: GatewayOptions['descriptors']): BodyLimits =>
  Object.fromEntries(descriptors.flatMap(({ bodyLimits }) => Object.entries(bodyLimits ?? {})));

/** Builds the Nest application without listening; printing the schema and the OpenAPI file needs no more than this. */
export async function createGateway(options: GatewayOptions): Promise<NestExpressApplication> {
  const graphql = {
    path: graphqlPath,
    limits: options.limits,
    explorable: options.explorable,
    validationRules: [structureLimits(options.limits)],
    formatError: formatErrorWith(options.report),
    audit: options.audit,
  };
  const application = await NestFactory.create<NestExpressApplication>(GatewayModule.forRoot({ ...options, graphql }), {
    bodyParser: false,
    logger: options.logger,
    abortOnError: false,
    forceCloseConnections: false,
  });
  application.disable('x-powered-by');
  // Answers are made for one reader at one moment: a hash of each would be work for nothing.
  application.disable('etag');
  application.enableCors({
    origin: (origin: string | undefined, decide: (error: null, allowed: boolean) => void) =>
      decide(null, origin !== undefined && options.isAllowedOrigin(origin)),
    exposedHeaders,
  });
  application.use(correlate, ...options.operations, authenticateRequests(options.authenticator));
  const streamedRoutes = options.descriptors.flatMap((descriptor) => descriptor.streamedRoutes ?? []);
  const parse = streamedBodiesOr(streamedRoutes, jsonBodies(bodyLimitsOf(options.descriptors)));
  application.use(rateLimit(options.rateLimiter), parse);
  application.use(graphqlPath, graphqlRequestShape);
  application.use((error: unknown, request: Request, response: Response, _next: NextFunction) =>
    writeError(error, request, response, options.audit),
  );
  application.useGlobalFilters(new ErrorFilter(options.report, options.audit));
  application.useGlobalInterceptors(new IdempotencyInterceptor(options.idempotency));
  await application.init();
  return application;
}

/** Longer than proxies keep idle connections, which is a minute: else they send a request while we are closing one. */
const idleConnectionMs = 75_000;

/** Starts serving on the given address; port 0 takes any free one. */
export async function serveGateway(
  options: GatewayOptions,
  address: { readonly host: string; readonly port: number },
): Promise<RunningGateway> {
  const application = await createGateway(options);
  const http = application.getHttpServer();
  http.keepAliveTimeout = idleConnectionMs;
  const subscriptions = serveSubscriptions(http, application.get(GraphQLSchemaHost).schema, {
    path: graphqlPath,
    limits: options.limits,
    validationRules: [structureLimits(options.limits)],
    formatError: formatErrorWith(options.report),
    authenticateSocket: (request, parameters) => authenticateSocket(options.authenticator, request, parameters),
    isAllowedOrigin: options.isAllowedOrigin,
  });
  await application.listen(address.port, address.host);
  return {
    url: await application.getUrl(),
    close: async () => {
      await subscriptions.close();
      // What is being answered right now would else keep its connection, and us, for as long.
      http.keepAliveTimeout = 1;
      await application.close();
    },
  };
}
