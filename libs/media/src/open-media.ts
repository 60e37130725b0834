import type { Configuration } from '@harmony/config';
import { Media } from './media.js';

/** As configured. Nothing is looked for before it is needed. */
export const openMedia = ({ ffmpegPath, directory, ...limits }: Configuration['media']): Media =>
  new Media({
    ffmpegPath,
    directory,
    limits: { durationMs: limits.maximumMinutes * 60_000, memoryBytes: limits.memoryMegabytes * 1024 ** 2 },
  });
