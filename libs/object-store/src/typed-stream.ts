import { PassThrough, type Readable } from 'node:stream';

/** The same stream, but a failure in the middle has a code; closing the result closes the source. */
export function withTypedErrors(source: Readable, typed: (error: unknown) => unknown, objectMode = false): Readable {
  const result = new PassThrough({ objectMode });
  source.on('error', (error) => result.destroy(typed(error) as Error));
  result.on('close', () => source.destroy());
  return source.pipe(result);
}
