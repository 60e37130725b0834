import { HarmonyError } from '@harmony/contracts';
import { tmpdir } from 'node:os';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findFfmpeg, type Ffmpeg } from './ffmpeg/find-ffmpeg.js';
import { openFile } from './ffmpeg/input.js';
import { defaultLimits, type MediaLimits } from './ffmpeg/limits.js';
import { runCaged, type CagedRun } from './ffmpeg/run-caged.js';
import { withPrivateDirectory } from './directory/private-directory.js';
import { packetDuration, walkThroughPackets } from './prepare/packet-duration.js';
import type { PreparedRecording } from './prepare/prepared-recording.js';
import { renditionOf } from './prepare/rendition.js';
import { writeSound } from './prepare/sound.js';
import { sampleRate } from './prepare/wav-file.js';
import type { Streams } from './recognise/frame-list.js';
import { kindOf } from './recognise/kind-of.js';
import type { RecordingKind } from './recognise/kinds.js';
import { probe } from './recognise/probe.js';

export interface MediaOptions {
  /** FFMPEG_PATH; absent: the best that is installed. */
  readonly ffmpegPath?: string | undefined;
  /** Parent of the private directories; absent: the system's place for temporary files. */
  readonly directory?: string | undefined;
  readonly limits?: Partial<MediaLimits>;
}

/** What a file turned out to be. */
export interface Recognised {
  /** Of the bytes, for instance `audio/mpeg`. */
  readonly mediaType: string;
  readonly hasVideo: boolean;
  readonly container: string;
  readonly codec: string;
  readonly channels: number;
}

const never = new AbortController().signal;

/** Everything that is done with recordings by ffmpeg, in a cage: see {@link runCaged} for how that may fail. */
export class Media {
  readonly #directory: string;
  readonly #limits: MediaLimits;
  #ffmpeg: Promise<Ffmpeg> | undefined;

  constructor(private readonly options: MediaOptions = {}) {
    this.#directory = options.directory ?? tmpdir();
    this.#limits = { ...defaultLimits, ...options.limits };
  }

  /** Finds the program once; asks again after a failure. @throws HarmonyError MEDIA_TOOL_MISSING */
  async ffmpeg(): Promise<Ffmpeg> {
    this.#ffmpeg ??= findFfmpeg(this.options.ffmpegPath);
    try {
      return await this.#ffmpeg;
    } catch (error) {
      this.#ffmpeg = undefined;
      throw error;
    }
  }

  /** An empty directory for one piece of work, gone afterwards. */
  withDirectory<Result>(work: (directory: string) => Promise<Result>): Promise<Result> {
    return withPrivateDirectory(this.#directory, work);
  }

  /**
   * Says what a file (its path, or all of its bytes) is, by nothing but its bytes.
   * @throws HarmonyError NOT_A_RECORDING, NO_AUDIO for a video without sound, MEDIA_BROKEN
   */
  async recognise(source: string | Uint8Array, signal: AbortSignal = never): Promise<Recognised> {
    const kind = await this.#kindOf(source);
    const streams = await this.withDirectory(async (directory) => {
      const file = typeof source === 'string' ? source : join(directory, 'recording');
      if (typeof source !== 'string') await writeFile(file, source);
      return probe(file, kind, await this.#run(directory, signal));
    });
    const { hasVideo } = streams;
    const mediaType = hasVideo ? (kind.videoType ?? kind.audioType) : kind.audioType;
    return { mediaType, hasVideo, container: kind.container, ...soundOf(streams) };
  }

  /**
   * Reads a recording once and leaves in the directory, which should be empty and private, what is made of it.
   * @throws HarmonyError as `recognise`, and DURATION_LIMIT
   */
  async prepare(file: string, directory: string, signal: AbortSignal = never): Promise<PreparedRecording> {
    const kind = await this.#kindOf(file);
    const run = await this.#run(directory, signal);
    const sound = soundOf(await probe(file, kind, run));
    await this.#checkDuration(file, kind, run);
    const rendition = renditionOf(sound, kind);
    const pcm = ['-map', '0:a:0', '-ar', String(sampleRate), '-f', 's16le', 'pipe:1'];
    const given = [...openFile(file, kind.demuxer), ...pcm, ...rendition.arguments];
    const { channels, codec } = sound;
    const options = { channels, directory, durationLimitMs: this.#limits.durationMs };
    const written = await runCaged({ ...run, arguments: given }, (output) => writeSound(output, options));
    if (written.durationMs === 0) throw new HarmonyError('MEDIA_BROKEN');
    const { fileName, mediaType } = rendition;
    return {
      ...written,
      ...{ channels, codec, container: kind.container },
      rendition: { path: join(directory, fileName), mediaType },
    };
  }

  async #kindOf(source: string | Uint8Array): Promise<RecordingKind> {
    const kind = await kindOf(source);
    if (!kind) throw new HarmonyError('NOT_A_RECORDING');
    return kind;
  }

  /** What is far too long never gets to be decoded; what hides its length is stopped while it is. */
  async #checkDuration(file: string, kind: RecordingKind, run: Omit<CagedRun, 'arguments'>): Promise<void> {
    const { durationMs } = this.#limits;
    const given = [...openFile(file, kind.demuxer), ...walkThroughPackets];
    const lasts = await runCaged({ ...run, arguments: given }, packetDuration);
    if (lasts > durationMs) throw new HarmonyError('DURATION_LIMIT');
  }

  async #run(directory: string, signal: AbortSignal): Promise<Omit<CagedRun, 'arguments'>> {
    const { path: program } = await this.ffmpeg();
    return { program, directory, limits: this.#limits, signal };
  }
}

function soundOf({ audio, hasVideo }: Streams): NonNullable<Streams['audio']> {
  if (audio) return audio;
  throw new HarmonyError(hasVideo ? 'NO_AUDIO' : 'MEDIA_BROKEN');
}
