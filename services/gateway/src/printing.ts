import { loadConfiguration } from '@harmony/config';
import { HarmonyError } from '@harmony/contracts';
import * as tokens from '@harmony/runtime';
import type { ServiceDescriptor } from '@harmony/runtime';
import { Module, type DynamicModule } from '@nestjs/common';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { createGateway } from './application.js';
import { openApiDocument } from './openapi/document.js';

@Module({})
class NoBackends {
  /** Stands for every backend, so that the application can be built; nothing is ever called. Settings are the defaults. */
  static module(): DynamicModule {
    const providers = Object.values(tokens)
      .filter((token) => typeof token === 'symbol')
      .map((provide) => ({ provide, useValue: provide === tokens.CONFIGURATION ? loadConfiguration({}) : {} }));
    return { module: NoBackends, global: true, providers, exports: providers.map(({ provide }) => provide) };
  }
}

export interface PrintedFaces {
  /** SDL, sorted. */
  readonly schema: string;
  /** OpenAPI 3.1 as JSON. */
  readonly openApi: string;
}

const nobody = (): Promise<never> => Promise.reject(new HarmonyError('NOT_READY'));

/** The public faces as text, from the very modules that serve them and without any server. */
export async function printFaces(descriptors: readonly ServiceDescriptor[]): Promise<PrintedFaces> {
  const application = await createGateway({
    descriptors,
    backends: NoBackends.module(),
    limits: { maximumDepth: 1, maximumAliases: 1, maximumTokens: 1, maximumCost: 1 },
    explorable: false,
    authenticator: { authenticate: nobody },
    rateLimiter: { consume: nobody },
    idempotency: { claim: nobody, complete: nobody, release: nobody },
    operations: [],
    logger: false,
    report: () => undefined,
    audit: () => undefined,
    isAllowedOrigin: () => false,
  });
  const schema = printSchema(lexicographicSortSchema(application.get(GraphQLSchemaHost).schema));
  const openApi = `${JSON.stringify(openApiDocument(application), undefined, 2)}\n`;
  await application.close();
  return { schema: `${schema}\n`, openApi };
}
