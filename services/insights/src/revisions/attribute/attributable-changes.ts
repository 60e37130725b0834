import type { AnswerInputDigests } from '@harmony/contracts';
import type { Cause } from '@harmony/kernel';
import type { JobContext } from '@harmony/messaging';
import { Injectable } from '@nestjs/common';
import { AskAnalyst } from '../../analyst/ask-analyst.js';
import type { Inquiry } from '../../analyst/inquiry.js';
import { OpenCells } from '../../answer-definition/open-cells.js';
import { attributedKey } from '../../domain/attributed-key.js';
import type { Insights } from '../../domain/insights.js';
import type { Cell, Run, Settled } from '../../domain/run.js';
import { InsightsStreams } from '../../streams/insights-streams.js';
import type { AttributeChangePayload } from './attribute-changes.js';
import { PastInquiries } from './past-inquiries.js';

type Found = Extract<Settled, { readonly finding: unknown }>;

/** A result, and what it was made from. */
export interface Side {
  readonly found: Found & { readonly inputs: AnswerInputDigests };
  readonly inquiry: Inquiry;
}

/** A change that nobody has looked at. */
export interface AttributableChange {
  readonly place: Cell;
  /** Of the result of the revision. */
  readonly resultId: string;
  readonly cause: Cause;
  /** Null where what they were made from is not known any more, or the analyst is another one by now. */
  readonly sides: { readonly before: Side; readonly after: Side } | null;
}

/** Gathers what was asked before a change and after it. */
@Injectable()
export class AttributableChanges {
  constructor(
    private readonly cells: OpenCells,
    private readonly insights: InsightsStreams,
    private readonly past: PastInquiries,
    private readonly analyst: AskAnalyst,
  ) {}

  /** Undefined where it was looked at, and where it is not there. @throws HarmonyError STREAM_DELETED */
  async open(
    { conversationId, runId, beforeRunId, definitionId }: AttributeChangePayload,
    context: JobContext,
  ): Promise<AttributableChange | undefined> {
    const { state } = await this.insights.load(conversationId);
    const changed = answered(state, runId, definitionId);
    if (!changed || changed.run.attributed.has(attributedKey({ definitionId, beforeRunId }))) return undefined;
    const { run, place, found } = changed;
    const before = await this.sideOf(state, answered(state, beforeRunId, definitionId));
    const after = await this.sideOf(state, changed);
    const isAsked = after && this.analyst.identityOf(after.inquiry).identity === found.identity;
    return {
      ...{ place, resultId: found.resultId, cause: this.cells.causeOf(run, context) },
      sides: before && isAsked ? { before, after } : null,
    };
  }

  private async sideOf(state: Insights | undefined, answer: Answered | undefined): Promise<Side | undefined> {
    const inputs = answer?.found.inputs;
    if (!state || !answer || !inputs) return undefined;
    const { conversationId, workspaceId } = state;
    const inquiry = await this.past.of({ conversationId, workspaceId, place: answer.place, inputs });
    return inquiry && { inquiry, found: { ...answer.found, inputs } };
  }
}

interface Answered {
  readonly run: Run;
  readonly place: Cell;
  readonly found: Found;
}

function answered(state: Insights | undefined, runId: string, definitionId: string): Answered | undefined {
  const run = state?.runs.get(runId);
  const cell = run?.cells.get(definitionId);
  if (!run || !cell?.settled) return undefined;
  const { settled, ...place } = cell;
  return 'finding' in settled ? { run, place, found: settled } : undefined;
}
