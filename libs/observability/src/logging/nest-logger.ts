import type { LoggerService } from '@nestjs/common';
import type { Logger } from './logger.js';

/** What Nest tells of its start is for debugging; its warnings and errors keep their level. */
export function nestLogger(logger: Logger): LoggerService {
  const contextOf = (rest: readonly unknown[]): string | undefined => {
    const last = rest.at(-1);
    return typeof last === 'string' ? last : undefined;
  };
  const forward =
    (level: 'debug' | 'warn' | 'error' | 'fatal') =>
    (message: unknown, ...rest: unknown[]): void => {
      const fields = { component: contextOf(rest) ?? 'Nest' };
      if (message instanceof Error) logger[level]({ ...fields, error: message }, message.name);
      else logger[level](fields, typeof message === 'string' ? message : 'a message that is no text');
    };
  return {
    log: forward('debug'),
    debug: forward('debug'),
    verbose: forward('debug'),
    warn: forward('warn'),
    error: forward('error'),
    fatal: forward('fatal'),
  };
}
