import type { EventDataOf } from '@harmony/contracts';
import type { ObjectStore } from '@harmony/object-store';
import {
  transcribeSound,
  transcriptOfSpeech,
  type ChannelSpeech,
  type EngineIdentity,
  type SpeechEngine,
} from '@harmony/speech';
import type { Transcript, TranscriptOrigin } from '@harmony/transcript';
import { createHash } from 'node:crypto';
import { KeptPieces } from './kept-pieces.js';
import { openStoredSound } from './stored-sound.js';

export interface RecordingToTranscribe {
  readonly audio: EventDataOf<'RecordingPrepared'>['audio'];
  /** Prefix of the objects in which is kept what was heard so far. */
  readonly keptUnder: string;
  readonly signal: AbortSignal;
}

export interface TranscribedRecording {
  readonly transcript: Transcript;
  readonly origin: TranscriptOrigin;
}

/**
 * Everything that is said in a recording, and by whom. Goes on where it was interrupted, and gives the same again as
 * long as what it kept is there.
 */
export async function transcribeRecording(
  engine: SpeechEngine,
  objects: ObjectStore,
  { audio, keptUnder, signal }: RecordingToTranscribe,
): Promise<TranscribedRecording> {
  const identity = await engine.identify();
  const channels: ChannelSpeech[] = [];
  const languages: (string | null)[] = [];
  for (const { channel, object } of audio) {
    const sound = await openStoredSound(objects, object, signal);
    const key = `${keptUnder}channel-${channel}.json`;
    const memory = await KeptPieces.open(objects, key, identityOf(object.sha256, identity));
    const findSpeakers = audio.length === 1;
    const { segments, language } = await memory.during(() =>
      transcribeSound(engine, sound, { signal, findSpeakers, memory }),
    );
    channels.push({ channel, segments });
    languages.push(language);
  }
  const { engine: name, model, parameters } = identity;
  const language = languages.find((one) => one !== null) ?? null;
  return {
    transcript: transcriptOfSpeech(channels),
    origin: { kind: 'SPEECH', engine: name, model, parameters: { ...parameters }, language },
  };
}

const identityOf = (sha256: string, { engine, model, parameters }: EngineIdentity): string =>
  createHash('sha256')
    .update(JSON.stringify([sha256, engine, model, parameters]))
    .digest('hex');
