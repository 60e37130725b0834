import { isLocal } from '@harmony/api';
import type { Logger } from '@harmony/observability';
import { LOGGER } from '@harmony/runtime';
import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { AskAnalyst } from './ask-analyst.js';

/** Says at the start who answers, so that nobody takes the built-in analyst for a language model. */
@Injectable()
export class AnnounceAnalyst implements OnApplicationBootstrap {
  constructor(
    private readonly analyst: AskAnalyst,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  onApplicationBootstrap(): void {
    const { engine, model } = this.analyst.originOf('SUMMARY');
    const who = isLocal(engine)
      ? 'Definitions are answered by the local analyst, without a language model; LLM_MODEL sets one'
      : 'Definitions are answered by a language model';
    this.log.info({ engine, model }, who);
  }
}
