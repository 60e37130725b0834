import { HarmonyError, type ErrorCode } from '@harmony/contracts';
import busboy from 'busboy';
import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';

const limits = { fields: 60, fieldSize: 64 * 1024, files: 1, parts: 70 };

/** A form whose file was handed on while it came. */
export interface ReceivedForm<File> {
  /** Texts of each field, in order. */
  readonly fields: ReadonlyMap<string, readonly string[]>;
  readonly file: File | undefined;
}

/**
 * Reads multipart/form-data with at most one file, in whatever order its fields come. The file is a stream and never lies
 * in memory. What is left of the request when the file is refused is read and dropped, so that the answer gets through.
 * @throws HarmonyError UNSUPPORTED_MEDIA_TYPE, INVALID_INPUT, and whatever `receive` throws
 */
export async function readForm<File>(
  request: IncomingMessage,
  receive: (file: Readable, fileName: string) => Promise<File>,
): Promise<ReceivedForm<File>> {
  const fields = new Map<string, string[]>();
  const form = parserFor(request);
  let file: Promise<File> | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      const refuse = (detail: string) => () => reject(new HarmonyError('INVALID_INPUT', { detail }));
      form.on('field', (name, value, { valueTruncated }) => {
        if (valueTruncated) refuse(`The field ${JSON.stringify(name.slice(0, 100))} is too long.`)();
        else fields.set(name, [...(fields.get(name) ?? []), value]);
      });
      form.on('file', (_, stream, { filename }) => {
        // Whoever reads the file is told; when nobody does any more, an error of it is no news.
        stream.on('error', () => undefined);
        file = receive(stream, filename ?? '');
        file.catch(reject);
      });
      form.on('filesLimit', refuse('Send one file a request.'));
      form.on('fieldsLimit', refuse('The form has too many fields.'));
      form.on('partsLimit', refuse('The form has too many fields.'));
      form.on('error', refuse('The form cannot be read.'));
      form.on('close', resolve);
      request.on('error', reject);
      request.pipe(form);
    });
    return { fields, file: await file };
  } finally {
    request.unpipe(form);
    request.resume();
    form.destroy();
    await file?.catch(() => undefined);
  }
}

function parserFor(request: IncomingMessage): busboy.Busboy {
  if (!/^multipart\/form-data\b/i.test(request.headers['content-type'] ?? '')) {
    throw refusal('UNSUPPORTED_MEDIA_TYPE', 'Send the body as multipart/form-data.');
  }
  try {
    return busboy({ headers: request.headers, limits, defParamCharset: 'utf8' });
  } catch (error) {
    throw refusal('INVALID_INPUT', 'The form has no boundary.', error);
  }
}

const refusal = (code: ErrorCode, detail: string, cause?: unknown): HarmonyError =>
  new HarmonyError(code, { detail, cause });
