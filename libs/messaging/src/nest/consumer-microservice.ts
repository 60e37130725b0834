import type { INestMicroservice, NestApplicationOptions } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { MicroserviceOptions } from '@nestjs/microservices';
import { HandlerErrors } from './handler-errors.js';
import { HarmonyTransport, type TransportOptions } from './transport.js';

export interface ConsumerMicroservice {
  /** Not listening yet: call `listen()` to start and `close()` to drain. */
  readonly app: INestMicroservice;
  readonly transport: HarmonyTransport;
}

type RootModule = Parameters<typeof NestFactory.createMicroservice>[0];

/**
 * A worker's Nest microservice whose controllers handle events:
 * `@EventPattern<EventType>('ConversationSubmitted') submitted(@Payload() event, @Ctx() context: MessageContext)`.
 * `listen()` rejects for a pattern that is no event type, and for one that has two handlers.
 */
export async function createConsumerMicroservice(
  module: RootModule,
  options: TransportOptions,
  nest: Pick<NestApplicationOptions, 'logger' | 'bufferLogs'> = {},
): Promise<ConsumerMicroservice> {
  const transport = new HarmonyTransport(options);
  const app = await NestFactory.createMicroservice<MicroserviceOptions>(module, {
    ...nest,
    abortOnError: false,
    strategy: transport,
  });
  app.useGlobalFilters(new HandlerErrors());
  return { app, transport };
}
