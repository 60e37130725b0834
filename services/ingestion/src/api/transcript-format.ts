import { parseInput } from '@harmony/api';
import { renditionFormats, type RenditionFormat } from '@harmony/transcript';
import type { Request } from 'express';
import { z } from 'zod';

export const transcriptFormats = ['json', ...renditionFormats] as const;
export type TranscriptFormat = (typeof transcriptFormats)[number];

export const mediaTypes: Readonly<Record<RenditionFormat, string>> = {
  txt: 'text/plain; charset=utf-8',
  srt: 'application/x-subrip; charset=utf-8',
  vtt: 'text/vtt; charset=utf-8',
};

/** What callers may write in the Accept header, JSON first: it is the answer to whoever takes anything. */
const accepted: Readonly<Record<string, TranscriptFormat>> = {
  'application/json': 'json',
  'text/plain': 'txt',
  'application/x-subrip': 'srt',
  'text/srt': 'srt',
  'text/vtt': 'vtt',
};

const formatSchema = z.strictObject({ format: z.enum(transcriptFormats).optional() });

/** The parameter goes before the header; a header that names nothing of ours gets JSON. */
export function chooseFormat(asked: unknown, request: Pick<Request, 'accepts'>): TranscriptFormat {
  const { format } = parseInput(formatSchema, { format: asked });
  if (format) return format;
  const best = request.accepts(Object.keys(accepted));
  return (typeof best === 'string' && accepted[best]) || 'json';
}
