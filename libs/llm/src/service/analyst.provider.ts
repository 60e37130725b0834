import type { Configuration } from '@harmony/config';
import { CONFIGURATION } from '@harmony/runtime';
import { Inject, Injectable, type OnApplicationShutdown, type Provider } from '@nestjs/common';
import { createAnalyst } from '../create-analyst.js';
import type { Analyst } from '../port.js';

/** {@link Analyst} */
export const ANALYST = Symbol('Analyst');

/** Whom the configuration names: one for a service and process, so that limits hold for all that it asks. */
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
