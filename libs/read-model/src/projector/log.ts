/** The part of a logger that projections need; pino's fits. Fields carry ids and positions, never data of events. */
export interface ProjectionLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export const silentLog: ProjectionLog = { info: () => undefined, warn: () => undefined, error: () => undefined };
