import type { EventDataOf, HarmonyEvent } from '@harmony/contracts';

/** What revisions made of a conversation, and what they go on with, folded from its stream. */
export interface Reruns {
  /** Of the conversation's own latest whole transcript; null until there is one. */
  readonly ownTranscript: number | null;
  /** Version of the transcript that a revision made, by the revision's id. */
  readonly transcripts: ReadonlyMap<string, number>;
  /** The extraction that a revision made last, by the revision's id. */
  readonly extractions: ReadonlyMap<string, EventDataOf<'RerunExtractionRecorded'>>;
  /** Runs that have their extraction, or failed. */
  readonly settled: ReadonlySet<string>;
  /** The number that no extraction has yet, the conversation's own ones and those of revisions counted together. */
  readonly nextVersion: number;
}

export const noReruns: Reruns = {
  ...{ ownTranscript: null, transcripts: new Map(), extractions: new Map(), settled: new Set(), nextVersion: 1 },
};

/** After one more event. */
export function evolveReruns(reruns: Reruns, event: HarmonyEvent): Reruns {
  switch (event.type) {
    case 'TranscriptRecorded':
      return { ...reruns, ownTranscript: event.data.transcriptVersion };
    case 'RerunTranscriptRecorded': {
      const { revisionId, transcriptVersion } = event.data;
      return { ...reruns, transcripts: new Map(reruns.transcripts).set(revisionId, transcriptVersion) };
    }
    case 'ExtractionRecorded':
      return { ...reruns, nextVersion: behind(reruns, event.data.extractionVersion) };
    case 'RerunExtractionRecorded': {
      const { revisionId, runId, extractionVersion } = event.data;
      return {
        ...reruns,
        extractions: new Map(reruns.extractions).set(revisionId, event.data),
        settled: new Set(reruns.settled).add(runId),
        nextVersion: behind(reruns, extractionVersion),
      };
    }
    case 'RerunStageFailed':
      return { ...reruns, settled: new Set(reruns.settled).add(event.data.runId) };
    default:
      return reruns;
  }
}

const behind = ({ nextVersion }: Reruns, version: number): number => Math.max(nextVersion, version + 1);
