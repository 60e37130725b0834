import pino from 'pino';
import { currentCorrelationId } from '../correlation.js';
import { currentTraceId } from '../tracing/spans.js';
import { safeFields, type LogFields } from './safe-fields.js';
import { scrub } from './scrub.js';

export interface LogMethod {
  (message: string): void;
  (fields: LogFields, message: string): void;
}

/** One JSON object a line, with the correlation id of the work at hand. Fields pass an allowlist; see {@link safeFields}. */
export interface Logger {
  readonly debug: LogMethod;
  readonly info: LogMethod;
  readonly warn: LogMethod;
  readonly error: LogMethod;
  readonly fatal: LogMethod;
  /** The same logger with these fields on every line. */
  child(fields: LogFields): Logger;
}

export interface LoggerOptions {
  readonly level: string;
  /** Of this process; on every line. */
  readonly target: string;
  /** Standard error unless told, since standard output is for what a program is asked for; written synchronously, so that the last words of a process are not lost. */
  readonly destination?: { write(line: string): void };
}

export function createLogger({ level, target, destination }: LoggerOptions): Logger {
  const options: pino.LoggerOptions = {
    level,
    base: { target },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    messageKey: 'message',
    mixin: () => ({ correlationId: currentCorrelationId(), traceId: currentTraceId() }),
  };
  return wrap(pino(options, destination ?? pino.destination({ dest: 2, sync: true })));
}

function wrap(inner: pino.Logger): Logger {
  const at =
    (level: 'debug' | 'info' | 'warn' | 'error' | 'fatal'): LogMethod =>
    (first: string | LogFields, message?: string) => {
      if (!inner.isLevelEnabled(level)) return;
      if (typeof first === 'string') inner[level](scrub(first));
      else inner[level](safeFields(first), scrub(message ?? ''));
    };
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    fatal: at('fatal'),
    child: (fields) => wrap(inner.child(safeFields(fields))),
  };
}
