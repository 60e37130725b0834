/** What the first frames of a file's streams tell. */
export interface Streams {
  /** Undefined: no sound. */
  readonly audio: { readonly codec: string; readonly channels: number } | undefined;
  /** A picture that moves; cover art does not count. */
  readonly hasVideo: boolean;
}

interface Stream {
  media?: string;
  codec?: string;
  /** Bytes of one sample of the first frame, all channels together. */
  sampleBytes?: number;
}

const pcmBytes = 2;

/**
 * Reads what ffmpeg's `framecrc` format says of a file whose first sound stream was asked for twice, decoded to 16-bit
 * PCM and as it is, and then its video. It is a format for programs: unlike the log of ffmpeg, it repeats nothing that
 * the file says of itself in words.
 */
export function readFrameList(text: string): Streams {
  const streams = new Map<number, Stream>();
  for (const line of text.split('\n')) note(line, streams);
  const all = [...streams.entries()].sort(([one], [other]) => one - other).map(([, stream]) => stream);
  const [decoded, original] = all.filter(({ media }) => media === 'audio');
  const channels = (decoded?.sampleBytes ?? 0) / pcmBytes;
  return {
    audio: original?.codec && channels >= 1 ? { codec: original.codec, channels } : undefined,
    hasVideo: all.some(({ media }) => media === 'video'),
  };
}

function note(line: string, streams: Map<number, Stream>): void {
  const [, name, index = '', value = ''] = /^#(media_type|codec_id) (\d+): (\S+)/.exec(line) ?? [];
  if (name === 'media_type') at(streams, index).media = value;
  if (name === 'codec_id') at(streams, index).codec = value;
  const [, of, samples, bytes] = /^(\d+),[^,]+,[^,]+,\s*(\d+),\s*(\d+),/.exec(line) ?? [];
  if (of && Number(samples) > 0) at(streams, of).sampleBytes ??= Number(bytes) / Number(samples);
}

function at(streams: Map<number, Stream>, index: string): Stream {
  const stream = streams.get(Number(index)) ?? {};
  streams.set(Number(index), stream);
  return stream;
}
