import { HarmonyError } from '@harmony/contracts';
import type { FileHandle } from 'node:fs/promises';
import { z } from 'zod';

const footerSchema = z.object({ bytes: z.int().nonnegative(), sha256: z.string().length(64), contentType: z.string() });

export type Footer = z.output<typeof footerSchema>;

/** Long enough for any content type that {@link encodeFooter} accepts. */
const footerBytes = 512;

/**
 * What is known of an object follows its bytes in the same file, so that one rename replaces both:
 * one line of JSON, padded to 512 bytes.
 */
export function encodeFooter(footer: Footer): Buffer {
  const line = Buffer.from(`\n${JSON.stringify(footer)}`);
  if (line.length >= footerBytes) throw new HarmonyError('INVALID_INPUT', { detail: 'The content type is too long.' });
  return Buffer.concat([line, Buffer.alloc(footerBytes - line.length - 1, ' '), Buffer.from('\n')]);
}

/** @throws HarmonyError CHECKSUM_MISMATCH for a file that was cut or changed by somebody else. */
export async function readFooter(handle: FileHandle): Promise<Footer> {
  const { size } = await handle.stat();
  const buffer = Buffer.alloc(footerBytes);
  await handle.read(buffer, 0, footerBytes, Math.max(0, size - footerBytes));
  const footer = footerSchema.safeParse(parseLine(buffer.toString()));
  if (footer.success && footer.data.bytes === size - footerBytes) return footer.data;
  throw new HarmonyError('CHECKSUM_MISMATCH', { detail: 'The stored file is damaged: its footer is missing.' });
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
