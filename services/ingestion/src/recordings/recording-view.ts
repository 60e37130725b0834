import type { EventDataOf } from '@harmony/contracts';

/** What the projection keeps of the recording of a conversation. */
export interface RecordingColumn {
  /** Null until it is prepared for listening. */
  readonly prepared: Omit<EventDataOf<'RecordingPrepared'>, 'conversationId'> | null;
}

/** A recording as its listeners see it. */
export interface RecordingView {
  readonly durationMs: number;
  /** Of the recording itself. */
  readonly channels: number;
  /** Of what is played. */
  readonly mediaType: string;
  /** Relative to the address of Harmony; takes HTTP ranges. */
  readonly url: string;
  /** Waveform data, JSON. */
  readonly peaksUrl: string;
}

/** Null until there is something to play. */
export function recordingView(conversationId: string, recording: RecordingColumn | null): RecordingView | null {
  if (!recording?.prepared) return null;
  const { durationMs, channels, rendition } = recording.prepared;
  const url = `/v1/conversations/${conversationId}/recording`;
  return { durationMs, channels, mediaType: rendition.mediaType, url, peaksUrl: `${url}/peaks` };
}
