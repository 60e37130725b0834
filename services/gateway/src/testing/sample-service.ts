import { CurrentPrincipal, CurrentRequest, type Principal, type RequestContext } from '@harmony/access';
import { HarmonyError } from '@harmony/contracts';
import type { ServiceDescriptor } from '@harmony/runtime';
import { Body, Controller, Get, HttpCode, Module, Param, Post, Put, Req } from '@nestjs/common';
import { Args, Field, ID, Int, ObjectType, Query, ResolveField, Resolver, Subscription } from '@nestjs/graphql';
import type { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';

/** Counts what really ran, so that a test can show that a refused query reached no resolver. */
export const calls = { resolvers: 0, posts: 0 };

@ObjectType()
class SampleNode {
  @Field(() => ID)
  id!: string;
}

@Resolver(() => SampleNode)
class SampleResolver {
  @Query(() => SampleNode)
  sample(@CurrentPrincipal() principal: Principal): SampleNode {
    calls.resolvers += 1;
    return { id: principal.id };
  }

  @Query(() => [SampleNode])
  samples(@Args('first', { type: () => Int, nullable: true }) first: number | null): SampleNode[] {
    calls.resolvers += 1;
    return Array.from({ length: Math.min(first ?? 0, 3) }, (_, index) => ({ id: String(index) }));
  }

  @Query(() => SampleNode)
  unexpected(): SampleNode {
    throw new Error('secret of the inside');
  }

  @Query(() => SampleNode)
  forbidden(): SampleNode {
    throw new HarmonyError('FORBIDDEN');
  }

  @ResolveField(() => SampleNode)
  child(): SampleNode {
    return { id: 'child' };
  }

  @Subscription(() => SampleNode)
  async *endless(@CurrentPrincipal() principal: Principal): AsyncGenerator<{ endless: SampleNode }> {
    for (;;) {
      yield { endless: { id: principal.id } };
      await pause(50);
    }
  }

  @Subscription(() => SampleNode)
  async *ticks(@CurrentPrincipal() principal: Principal): AsyncGenerator<{ ticks: SampleNode }> {
    yield { ticks: { id: principal.id } };
  }
}

@Controller('v1/samples')
class SampleController {
  @Get(':id')
  get(@Param('id') id: string): { id: string } {
    if (id === 'missing') throw new HarmonyError('NOT_FOUND');
    if (id === 'broken') throw new Error('secret of the inside');
    return { id };
  }

  @Post()
  @HttpCode(202)
  post(@Body() body: unknown, @CurrentRequest() request: RequestContext): unknown {
    calls.posts += 1;
    if (body !== null && typeof body === 'object' && 'refuse' in body) throw new HarmonyError('UNKNOWN_TEAM');
    if (body !== null && typeof body === 'object' && 'fail' in body)
      throw new HarmonyError('STORE_UNAVAILABLE', { retryAfterSeconds: 2 });
    return { body, commandId: request.commandId };
  }
}

@Controller('v1/streams')
class StreamController {
  @Put(':id')
  async put(@Req() body: Readable): Promise<{ bytes: number }> {
    let bytes = 0;
    for await (const chunk of body as AsyncIterable<Buffer>) bytes += chunk.length;
    return { bytes };
  }
}

@Module({ providers: [SampleResolver], controllers: [SampleController, StreamController] })
class SampleApi {}

@Module({})
class SampleWorker {}

/** A service with one of everything that the gateway carries. */
export const sampleService: ServiceDescriptor = {
  name: 'sample',
  api: SampleApi,
  worker: SampleWorker,
  projections: [],
  migrations: [],
  afterDeadLetter: 'continue',
  streamedRoutes: ['PUT /v1/streams/:id'],
};
