import type { Configuration } from '@harmony/config';
import { createAnalyst, type Analyst } from '@harmony/llm';
import { CONFIGURATION } from '@harmony/runtime';
import { Inject, Injectable, type OnApplicationShutdown, type Provider } from '@nestjs/common';

/** Analyst of @harmony/llm. */
export const ANALYST = Symbol('Analyst');

/** Whom the configuration names. */
export const analystProvider: Provider = {
  provide: ANALYST,
  inject: [CONFIGURATION],
  useFactory: ({ llm }: Configuration): Analyst => createAnalyst(llm),
};

/** Gives back what the analyst holds when the service stops. */
@Injectable()
export class AnalystLifetime implements OnApplicationShutdown {
  constructor(@Inject(ANALYST) private readonly analyst: Analyst) {}

  onApplicationShutdown(): Promise<void> {
    return this.analyst.close();
  }
}
