import type { RerunStage, StartStage } from '@harmony/contracts';
import type { Conversation } from '../../conversations/conversation.js';

/** Where a conversation would start. */
export interface Start {
  readonly stage: RerunStage;
  /** What its definitions are asked about; null for a transcript that is yet to be made. */
  readonly transcriptVersion: number | null;
}

/** Where a conversation starts that is to start at this stage; undefined for one that cannot. */
export function startOf(
  { transcriptVersion: latest, extraction }: Pick<Conversation, 'transcriptVersion' | 'extraction'>,
  hasRecording: boolean,
  wished: StartStage,
): Start | undefined {
  const heardAnew: Start | undefined = hasRecording ? { stage: 'TRANSCRIPTION', transcriptVersion: null } : undefined;
  const readAnew: Start | undefined = latest === null ? undefined : { stage: 'EXTRACTORS', transcriptVersion: latest };
  const askedAnew: Start | undefined = extraction
    ? { stage: 'INSIGHTS', transcriptVersion: extraction.transcriptVersion }
    : undefined;
  switch (wished) {
    case 'TRANSCRIPTION':
      return heardAnew ?? readAnew;
    case 'EXTRACTORS':
      return readAnew;
    case 'INSIGHTS':
      return askedAnew;
    case 'AUTO':
      return askedAnew?.transcriptVersion === latest ? askedAnew : (readAnew ?? heardAnew);
  }
}
