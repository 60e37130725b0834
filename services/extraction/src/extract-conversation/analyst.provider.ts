import type { Analyst } from '@harmony/llm';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';

/** Analyst of @harmony/llm. */
export const ANALYST = Symbol('Analyst');

/** Gives back what the analyst holds when the service stops. */
@Injectable()
export class AnalystLifetime implements OnApplicationShutdown {
  constructor(@Inject(ANALYST) private readonly analyst: Analyst) {}

  onApplicationShutdown(): Promise<void> {
    return this.analyst.close();
  }
}
