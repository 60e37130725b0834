import type { Provider, Type } from '@nestjs/common';

/** What one use case brings into a face of the service. */
export interface Parts {
  readonly controllers: Type<unknown>[];
  readonly providers: Provider[];
}
