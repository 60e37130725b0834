import type { OutboundOptions } from '@harmony/outbound';
import { maximumRecordingBytes } from '../uploads/recording-limits.js';

const pages = new Set(['text/html', 'application/xhtml+xml']);

/** A page is what a sign-in answers with, never a recording. */
const accepts = (mediaType: string | undefined): boolean => !pages.has(mediaType ?? '');

/** The largest recording, over a slow line. */
export const fetching = {
  accepts,
  limits: {
    maximumBytes: maximumRecordingBytes,
    headMs: 30_000,
    idleMs: 60_000,
    totalMs: 60 * 60_000,
    resumes: 8,
  },
} satisfies OutboundOptions;

/** Somebody waits for the answer in a dialog. */
export const checking = {
  accepts,
  limits: { maximumBytes: maximumRecordingBytes, headMs: 5_000, idleMs: 3_000, totalMs: 10_000, resumes: 0 },
} satisfies OutboundOptions;
