import { HarmonyError } from '@harmony/contracts';
import { pipeline, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';

const decoders: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/**
 * The body without the one encoding that a server may give it unasked. Nothing is unpacked ahead of the reader.
 * @throws HarmonyError URL_NOT_ACCESSIBLE for other encodings and for bytes that do not unpack
 */
export function unpacked(body: AsyncIterable<Buffer>, encoding = ''): AsyncIterable<Buffer> {
  const name = encoding.trim().toLowerCase();
  if (name === '' || name === 'identity') return body;
  const decoder = Object.hasOwn(decoders, name) ? decoders[name]?.() : undefined;
  if (!decoder) throw new HarmonyError('URL_NOT_ACCESSIBLE', { facts: { encoding: name.slice(0, 50) } });
  return unpack(body, decoder);
}

async function* unpack(body: AsyncIterable<Buffer>, decoder: Transform): AsyncGenerator<Buffer> {
  // A failure of either end is seen by whoever reads the decoder.
  pipeline(body, decoder, () => undefined);
  try {
    for await (const chunk of decoder) yield chunk as Buffer;
  } catch (error) {
    throw error instanceof HarmonyError ? error : new HarmonyError('URL_NOT_ACCESSIBLE', { cause: error });
  }
}
