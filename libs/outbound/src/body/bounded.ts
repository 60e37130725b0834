import { HarmonyError } from '@harmony/contracts';

/** @throws HarmonyError FILE_TOO_LARGE as soon as there is a byte too many */
export async function* bounded(body: AsyncIterable<Buffer>, maximumBytes: number): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    requireSize(bytes, maximumBytes);
    yield chunk;
  }
}

/** @throws HarmonyError FILE_TOO_LARGE */
export function requireSize(bytes: number, maximumBytes: number): void {
  if (bytes <= maximumBytes) return;
  throw new HarmonyError('FILE_TOO_LARGE', {
    detail: `The maximum file size is ${Math.floor(maximumBytes / 2 ** 20)} MB.`,
  });
}
