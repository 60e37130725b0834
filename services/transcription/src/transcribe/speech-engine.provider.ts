import type { Configuration } from '@harmony/config';
import { CONFIGURATION } from '@harmony/runtime';
import { openSpeechEngine, type SpeechEngine } from '@harmony/speech';
import { Inject, Injectable, type OnApplicationShutdown, type Provider } from '@nestjs/common';

/** SpeechEngine of @harmony/speech. */
export const SPEECH_ENGINE = Symbol('SpeechEngine');

/** One engine for the process, so that a model is loaded once. */
export const speechEngineProvider: Provider = {
  provide: SPEECH_ENGINE,
  inject: [CONFIGURATION],
  useFactory: ({ speech, process }: Configuration): SpeechEngine => openSpeechEngine(speech, process.dataDirectory),
};

/** Gives the memory of the model back when the service stops. */
@Injectable()
export class SpeechEngineLifetime implements OnApplicationShutdown {
  constructor(@Inject(SPEECH_ENGINE) private readonly engine: SpeechEngine) {}

  onApplicationShutdown(): Promise<void> {
    return this.engine.close();
  }
}
