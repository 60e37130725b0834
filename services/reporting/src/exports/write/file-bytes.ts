import { asHarmonyError } from '@harmony/read-model';
import { Readable } from 'node:stream';
import type { CopyStream } from '../query/copy-stream.js';
import type { PreparedExport } from './prepare-export.js';

/** The whole file: what goes before the rows, then the rows as they come. */
export function fileBytes({ statement: { header }, byteOrderMark }: PreparedExport, rows: CopyStream): Readable {
  return Readable.from(
    (async function* () {
      const beginning = `${byteOrderMark ? '\ufeff' : ''}${header}`;
      if (beginning !== '') yield Buffer.from(beginning);
      try {
        yield* rows as AsyncIterable<Buffer>;
      } catch (error) {
        throw asHarmonyError(error);
      }
    })(),
    { objectMode: false },
  );
}
