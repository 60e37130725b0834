import { Module, type DynamicModule, type ValueProvider } from '@nestjs/common';
import * as tokens from '../tokens.js';
import type { Backends } from './backends.js';

/** Gives every module of a container the backends of the process by their tokens. */
@Module({})
export class BackendsModule {
  static forRoot(backends: Backends): DynamicModule {
    const values: readonly (readonly [symbol, unknown])[] = [
      [tokens.EVENT_STORE, backends.eventStore],
      [tokens.OBJECT_STORE, backends.objectStore],
      [tokens.JOB_QUEUE, backends.jobQueue],
      [tokens.OUTBOUND, backends.outbound],
      [tokens.SCOPED_DATABASE, backends.database.scoped],
      [tokens.CONNECT_READER, () => backends.database.connectReader()],
      [tokens.WORKER_POOL, backends.database.worker],
      [tokens.PROJECTION_PROGRESS, backends.progress],
      [tokens.DIRECTORY, backends.access.directory],
      [tokens.ACCESS, backends.access],
      [tokens.CLOCK, backends.clock],
      [tokens.LOGGER, backends.logger],
      [tokens.CONFIGURATION, backends.configuration],
    ];
    const providers = values.map(([provide, useValue]): ValueProvider => ({ provide, useValue }));
    return { module: BackendsModule, global: true, providers, exports: providers.map(({ provide }) => provide) };
  }
}
