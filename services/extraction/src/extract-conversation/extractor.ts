import type { Directory } from '@harmony/access';
import { TranscriptText } from '@harmony/analysis';
import { noUsage } from '@harmony/contracts';
import type { Clock } from '@harmony/kernel';
import type { Analyst, AnalystExtraction, CallPriority, ReplyJournal } from '@harmony/llm';
import { ANALYST } from '@harmony/llm/service';
import { CLOCK, DIRECTORY } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import type { MadeExtraction } from '../domain/decide.js';
import { roleOf, type Spoken } from '../domain/spoken.js';
import { statisticsOf } from '../domain/statistics.js';
import { analysedConversation } from './analysed-conversation.js';
import { verifiedExtraction } from './verified-extraction.js';

export interface ExtractionWish {
  readonly conversationId: string;
  readonly workspaceId: string;
  readonly signal: AbortSignal;
  readonly journal: ReplyJournal;
  /** Absent: `live`. */
  readonly priority?: CallPriority;
}

/** Finds what a conversation says before any definition asks. */
@Injectable()
export class Extractor {
  constructor(
    @Inject(ANALYST) private readonly analyst: Analyst,
    @Inject(DIRECTORY) private readonly directory: Directory,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Whether questions cost anything; the local analyst's do not. */
  get isMetered(): boolean {
    return this.analyst.originOf('EXTRACTION').engine !== 'local';
  }

  /**
   * The analyst's findings, verified, and figures that need none. Without words nobody is asked.
   * @throws HarmonyError as {@link Analyst.extract} does
   */
  async extract(spoken: Spoken, wish: ExtractionWish): Promise<MadeExtraction> {
    const { turns } = spoken;
    const startedAt = this.clock.now().getTime();
    const found = turns.some(({ text }) => /[\p{L}\p{N}]/u.test(text)) ? await this.find(spoken, wish) : nothing;
    const speakers = new Map(turns.map(({ index, speaker }) => [index, speaker]));
    return {
      extraction: verifiedExtraction(found, new TranscriptText(turns), (turn) => speakers.get(turn)),
      statistics: statisticsOf(turns, (code) => roleOf(spoken, code)),
      origin: this.analyst.originOf('EXTRACTION'),
      usage: found.usage,
      durationMs: Math.max(0, this.clock.now().getTime() - startedAt),
    };
  }

  private async find(
    spoken: Spoken,
    { signal, journal, priority = 'live', ...ids }: ExtractionWish,
  ): Promise<AnalystExtraction> {
    const conversation = await analysedConversation(spoken, ids, this.directory);
    const background = { language: spoken.language ?? 'en', knowledge: '', handbook: '', context: '' };
    return this.analyst.extract({ conversation, background, signal, journal, priority });
  }
}

const nothing: AnalystExtraction = {
  ...{ summary: '', keyPoints: [], actionItems: [], topics: [], questions: [] },
  usage: noUsage,
};
