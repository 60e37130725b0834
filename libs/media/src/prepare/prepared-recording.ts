/** What a player and a speech engine need of a recording. Paths lie in the directory that was given. */
export interface PreparedRecording {
  /** Counted from the decoded samples. */
  readonly durationMs: number;
  /** Of the recording itself. */
  readonly channels: number;
  readonly container: string;
  readonly codec: string;
  /**
   * 16 kHz, 16-bit, one channel a file. Two files: each is a speaker's own. One file: everybody is in it, because there
   * was one channel, or several that say the same.
   */
  readonly audio: readonly { readonly channel: number; readonly path: string }[];
  /** Waveform data, JSON. */
  readonly peaksPath: string;
  readonly rendition: { readonly path: string; readonly mediaType: string };
}
