import type { Streams } from '../recognise/frame-list.js';
import type { RecordingKind } from '../recognise/kinds.js';

export interface Rendition {
  readonly fileName: string;
  readonly mediaType: string;
  /** What ffmpeg is told to make it. */
  readonly arguments: readonly string[];
}

const m4a = { fileName: 'rendition.m4a', mediaType: 'audio/mp4' };
const mp3 = { fileName: 'rendition.mp3', mediaType: 'audio/mpeg' };

const bitsPerChannel = 64_000;

/**
 * What people listen to. MP3 and AAC are taken over as they are, without the picture and without what else the file
 * says of itself. Everything else becomes AAC: its encoder is part of every ffmpeg, those of MP3 and Opus are libraries
 * that a build may lack.
 */
export function renditionOf({ codec, channels }: NonNullable<Streams['audio']>, kind: RecordingKind): Rendition {
  if (codec === 'mp3' && kind.demuxer === 'mp3') return rendition(mp3, ['-c:a', 'copy', '-f', 'mp3']);
  const inMp4 = ['-f', 'mp4', '-movflags', '+faststart'];
  if (codec === 'aac') return rendition(m4a, ['-c:a', 'copy', ...inMp4]);
  const kept = Math.min(channels, 2);
  // The mean of all channels needs no idea of where each stands in the room.
  const mean = Array.from({ length: channels }, (_, channel) => `${1 / channels}*c${channel}`).join('+');
  const mixed = channels > 2 ? ['-af', `pan=mono|c0=${mean}`] : [];
  const bits = bitsPerChannel * (channels > 2 ? 1 : kept);
  return rendition(m4a, [...mixed, '-c:a', 'aac', '-b:a', String(bits), ...inMp4]);
}

function rendition(what: Pick<Rendition, 'fileName' | 'mediaType'>, how: readonly string[]): Rendition {
  const tidy = ['-map', '0:a:0', '-map_metadata', '-1', '-map_chapters', '-1'];
  return { ...what, arguments: [...tidy, ...how, '-y', what.fileName] };
}
