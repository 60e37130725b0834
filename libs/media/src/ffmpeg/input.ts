import { resolve } from 'node:path';

/**
 * How ffmpeg is made to open a file: as the one format that its first bytes showed, by which no playlist is ever read,
 * and with no way to anything but files. What the container holds inside is under the same two lists.
 */
export const openFile = (file: string, demuxer: string): readonly string[] => [
  ...['-v', 'error', '-hide_banner', '-nostdin'],
  ...['-protocol_whitelist', 'file', '-format_whitelist', demuxer, '-f', demuxer],
  ...['-i', `file:${resolve(file)}`],
];
