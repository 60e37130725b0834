import { haveSameAccess, type Principal } from '@harmony/access';
import { HarmonyError } from '@harmony/contracts';
import {
  execute,
  GraphQLError,
  parse,
  specifiedRules,
  subscribe,
  validate,
  type ExecutionArgs,
  type GraphQLFormattedError,
  type GraphQLSchema,
  type ValidationRule,
} from 'graphql';
import { GRAPHQL_TRANSPORT_WS_PROTOCOL, type ServerOptions } from 'graphql-ws';
import { useServer, type Extra } from 'graphql-ws/use/ws';
import type { IncomingMessage, Server } from 'node:http';
import { WebSocketServer } from 'ws';
import { costError } from './cost-limit.js';

export type SocketAuthentication = (
  request: IncomingMessage,
  parameters: Readonly<Record<string, unknown>> | undefined,
) => Promise<Principal | undefined>;

export interface SubscriptionOptions {
  readonly path: string;
  readonly limits: { readonly maximumTokens: number; readonly maximumCost: number };
  readonly validationRules: readonly ValidationRule[];
  readonly authenticateSocket: SocketAuthentication;
  readonly formatError: (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;
  /** Which pages may open a socket; a browser sends its page's origin, other clients none. */
  readonly isAllowedOrigin: (origin: string) => boolean;
}

type SocketServer = ServerOptions<Record<string, unknown>, Extra>;

/** "Forbidden" of the graphql-transport-ws protocol; its reason carries our code, at most 123 bytes by RFC 6455. */
const forbidden = 4403;

/** "Going away" (RFC 6455): the client may connect again, to another process. */
const goingAway = 1001;

const trustedForMs = 1_000;
const maximumMessageBytes = 1024 * 1024;

export interface RunningSubscriptions {
  /** Tells every client to connect elsewhere and ends. */
  close(): Promise<void>;
}

/** Serves subscriptions on the same port as HTTP, with the same authentication, limits and error shape. */
export function serveSubscriptions(
  http: Server,
  schema: GraphQLSchema,
  options: SubscriptionOptions,
): RunningSubscriptions {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: maximumMessageBytes,
    handleProtocols: (offered) => (offered.has(GRAPHQL_TRANSPORT_WS_PROTOCOL) ? GRAPHQL_TRANSPORT_WS_PROTOCOL : false),
  });
  const server = useServer(protocolOptions(schema, options), sockets);
  http.on('upgrade', (request, socket, head) => {
    const { origin } = request.headers;
    const isOurs = request.url?.split('?')[0] === options.path;
    if (!isOurs || (origin !== undefined && !options.isAllowedOrigin(origin))) {
      socket.end(`HTTP/1.1 ${isOurs ? '403 Forbidden' : '404 Not Found'}\r\nConnection: close\r\n\r\n`);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (opened) => sockets.emit('connection', opened, request));
  });
  return {
    close: async () => {
      for (const client of sockets.clients) client.close(goingAway, 'NOT_READY');
      await server.dispose();
    },
  };
}

function protocolOptions(schema: GraphQLSchema, options: SubscriptionOptions): SocketServer {
  const shaped = (error: GraphQLError | GraphQLFormattedError): GraphQLFormattedError => {
    const known =
      error instanceof GraphQLError ? error : new GraphQLError(error.message, { extensions: error.extensions });
    return options.formatError(known.toJSON(), known);
  };
  const listeners = new WeakMap<Extra, Principal | undefined>();
  const stillMayListen = socketSupervision(options.authenticateSocket, listeners);
  return {
    schema,
    connectionInitWaitTimeout: 10_000,
    context: ({ extra }) => ({ req: extra.request }),
    onConnect: async ({ extra, connectionParams }) => {
      try {
        listeners.set(extra, await options.authenticateSocket(extra.request, connectionParams));
        return true;
      } catch (error) {
        const { code } = error instanceof HarmonyError ? error : new HarmonyError('INTERNAL');
        extra.socket.close(forbidden, code);
        return false;
      }
    },
    onSubscribe: (_context, _id, { query }) => syntaxErrors(query, options.limits.maximumTokens),
    validate: (target, document) => validate(target, document, [...specifiedRules, ...options.validationRules]),
    execute: affordable(options.limits.maximumCost, execute),
    subscribe: affordable(options.limits.maximumCost, subscribe),
    onError: (_context, _id, _payload, errors) => errors.map(shaped),
    onNext: async ({ extra, connectionParams }, _id, _payload, _arguments, result) => {
      await stillMayListen(extra, connectionParams);
      return result.errors ? { ...result, errors: result.errors.map(shaped) } : undefined;
    },
  };
}

/**
 * Credentials of an open socket are proved again before it is told something, at most once a second: who lost a key, whose
 * token ended or who may see other things than when the socket was opened hears nothing more, and the socket is closed
 * with the code of the refusal. What is under way was asked with the old access; a new socket has the new one.
 */
function socketSupervision(
  authenticate: SocketAuthentication,
  listeners: WeakMap<Extra, Principal | undefined>,
): (extra: Extra, parameters: Readonly<Record<string, unknown>> | undefined) => Promise<void> {
  const provedAt = new WeakMap<Extra, number>();
  return async (extra, parameters) => {
    const before = provedAt.get(extra);
    if (before !== undefined && performance.now() - before < trustedForMs) return;
    try {
      const principal = await authenticate(extra.request, parameters);
      const opened = listeners.get(extra);
      if (principal && opened && !haveSameAccess(principal, opened)) throw new HarmonyError('ACCESS_CHANGED');
      provedAt.set(extra, performance.now());
    } catch (error) {
      // A socket that is closing takes no message any more, so what was about to be told is not told.
      extra.socket.close(forbidden, error instanceof HarmonyError ? error.code : 'INTERNAL');
    }
  };
}

function syntaxErrors(query: string, maximumTokens: number): readonly GraphQLError[] | undefined {
  try {
    parse(query, { maxTokens: maximumTokens });
    return undefined;
  } catch (error) {
    if (error instanceof GraphQLError) return [error];
    throw error;
  }
}

const affordable =
  <Result>(maximumCost: number, run: (operation: ExecutionArgs) => Result) =>
  (operation: ExecutionArgs): Result | { errors: GraphQLError[] } => {
    const { schema, document } = operation;
    const variables = operation.variableValues ?? undefined;
    const error = costError({
      schema,
      document,
      variables,
      operationName: operation.operationName ?? undefined,
      maximumCost,
    });
    return error ? { errors: [error] } : run(operation);
  };
