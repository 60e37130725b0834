import type { SchemaMigrations } from '@harmony/read-model';
import type { OperationsHandler } from '@harmony/observability';
import type { DynamicModule } from '@nestjs/common';
import type { Backends } from './backends/backends.js';
import type { ServiceDescriptor } from './descriptor.js';

/** What the gateway is given to serve with. */
export interface GatewayContext {
  readonly services: readonly ServiceDescriptor[];
  readonly backends: Backends;
  /** Global; provides the backends by their tokens. */
  readonly backendsModule: DynamicModule;
  /** Middleware behind the one that sets `X-Correlation-Id` and before authentication: health, metrics, observation. */
  readonly operations: readonly OperationsHandler[];
  readonly address: { readonly host: string; readonly port: number };
}

export interface RunningGateway {
  readonly url: string;
  /** Stops accepting, closes sockets with 1001, waits for requests in flight. */
  close(): Promise<void>;
}

/** Everything that can be started: the services and who serves their api faces. Known to the composition root alone. */
export interface Composition {
  readonly services: readonly ServiceDescriptor[];
  /** Tables that belong to no service, for instance the gateway's. */
  readonly schemas: readonly SchemaMigrations[];
  readonly gateway: (context: GatewayContext) => Promise<RunningGateway>;
}
