import type { AnalystOrigin } from '@harmony/contracts';

/** Who answers, without the parameters of a model. */
export interface AnalystView extends Pick<AnalystOrigin, 'engine' | 'model' | 'templateVersion'> {
  /** The analyst that is built in: no network, nothing to pay. */
  readonly isLocal: boolean;
}

export const isLocal = (engine: string): boolean => engine === 'local';

export function analystView({ engine, model, templateVersion }: AnalystOrigin): AnalystView {
  return { engine, model, templateVersion, isLocal: isLocal(engine) };
}
