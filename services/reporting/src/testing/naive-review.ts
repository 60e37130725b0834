import { isChanged } from '@harmony/analysis';
import {
  decodeEvent,
  type AnswerInputDigests,
  type EventOf,
  type Finding,
  type HarmonyEvent,
} from '@harmony/contracts';
import type { EventStore } from '@harmony/event-store';
import { readWorld, selectAll, type OracleReader, type World } from '@harmony/report-oracle';

interface Found {
  readonly state: 'FOUND' | 'FAILED' | 'CANCELLED';
  readonly finding?: Finding;
  readonly inputs?: AnswerInputDigests | undefined;
}

export interface NaiveChange {
  readonly conversationId: string;
  readonly definitionId: string;
  readonly kind: string;
  readonly cause: string | null;
  readonly beforeRun: string | null;
  readonly afterRun: string | null;
}

interface Pair extends NaiveChange {
  readonly before: Found | undefined;
  readonly after: Found | undefined;
  readonly happenedAt: number;
  readonly ordinal: number;
}

type Settling = EventOf<'InsightRecorded' | 'InsightCarriedOver' | 'InsightFailed' | 'InsightDropped'>;

const isSettling = (event: HarmonyEvent): event is Settling =>
  ['InsightRecorded', 'InsightCarriedOver', 'InsightFailed', 'InsightDropped'].includes(event.type);

const cellKey = ({ runId, definitionId }: { readonly runId: string; readonly definitionId: string }): string =>
  [runId, definitionId].join();

/** Compares revisions by reading the log from its beginning: no tables, no SQL, no digests of answers. */
export class NaiveReview {
  private readonly settled: ReadonlyMap<string, Settling>;

  private constructor(
    private readonly world: World,
    private readonly events: readonly HarmonyEvent[],
  ) {
    const settled = new Map<string, Settling>();
    for (const event of events) {
      if (isSettling(event)) settled.set(cellKey(event.data), event);
      if (event.type !== 'InsightsRunStarted') continue;
      for (const { definitionId, carriedFrom } of event.data.cells) {
        const source = carriedFrom && settled.get(cellKey(carriedFrom));
        if (source) settled.set(cellKey({ runId: event.data.runId, definitionId }), source);
      }
    }
    this.settled = settled;
  }

  static async read(store: EventStore): Promise<NaiveReview> {
    const events: HarmonyEvent[] = [];
    for await (const batch of store.readLog()) events.push(...batch.events.map((each) => decodeEvent(each)));
    return new NaiveReview(await readWorld(store), events);
  }

  get revisionIds(): string[] {
    return this.events.flatMap((event) => (event.type === 'RevisionRequested' ? [event.data.revisionId] : []));
  }

  projectOf(revisionId: string): string {
    return this.world.revisions.get(revisionId)?.projectId ?? '';
  }

  workspaceOf(revisionId: string): string {
    return this.world.revisions.get(revisionId)?.workspaceId ?? '';
  }

  conversationsOf(workspaceId: string): string[] {
    return [...this.world.conversations.values()].flatMap((one) => (one.workspaceId === workspaceId ? [one.id] : []));
  }

  /** When it was made live, where it is the one that is. */
  liveAt(revisionId: string): number | undefined {
    const project = this.projectOf(revisionId);
    const live = this.world.lives.findLast(({ projectId, until }) => projectId === project && until === Infinity);
    return live?.revisionId === revisionId ? live.at : undefined;
  }

  isFinished(revisionId: string): boolean {
    const ends = this.events.flatMap(({ type, data }) =>
      ['RevisionCompleted', 'RevisionCancelled', 'RevisionRetried'].includes(type) &&
      'revisionId' in data &&
      data.revisionId === revisionId
        ? [type]
        : [],
    );
    return ends.length > 0 && ends.at(-1) !== 'RevisionRetried';
  }

  /** Results before and after, newest first, in the order of the report. */
  changes(reader: OracleReader, revisionId: string): NaiveChange[] {
    const pairs = this.pairs(reader, revisionId).filter(({ kind }) => kind !== 'NONE');
    return pairs.map(({ conversationId, definitionId, kind, cause, beforeRun, afterRun, before, after }) => ({
      ...{ conversationId, definitionId, kind, cause },
      ...{ beforeRun: before ? beforeRun : null, afterRun: after ? afterRun : null },
    }));
  }

  /** What a review counts of one definition, or of all of them. */
  figures(reader: OracleReader, revisionId: string, definitionId?: string) {
    const pairs = this.pairs(reader, revisionId).filter(
      (pair) => definitionId === undefined || pair.definitionId === definitionId,
    );
    const count = (...kinds: string[]): number => pairs.filter(({ kind }) => kinds.includes(kind)).length;
    const causes = new Map<string, number>();
    for (const { cause } of pairs) if (cause !== null) causes.set(cause, (causes.get(cause) ?? 0) + 1);
    return {
      ...{ compared: count('CHANGED', 'UNCHANGED'), changed: count('CHANGED') },
      ...{ added: count('ADDED'), removed: count('REMOVED'), affected: count('CHANGED', 'ADDED', 'REMOVED') },
      failed: pairs.filter(({ after }) => after?.state === 'FAILED').length,
      causes,
      repeats: this.repeats(reader, revisionId, definitionId),
    };
  }

  /** By category before and after, in JSON; null where nobody spoke of it. */
  flips(reader: OracleReader, revisionId: string, definitionId: string): Map<string, number> {
    const flips = new Map<string, number>();
    for (const pair of this.compared(reader, revisionId, definitionId)) {
      const key = JSON.stringify([categoryOf(pair.before?.finding), categoryOf(pair.after?.finding)]);
      flips.set(key, (flips.get(key) ?? 0) + 1);
    }
    return flips;
  }

  /** Numbers before and after, where there are both. */
  numbers(reader: OracleReader, revisionId: string, definitionId: string): (readonly [number, number])[] {
    return this.compared(reader, revisionId, definitionId).flatMap(({ before, after }) => {
      const pair = [numberOf(before?.finding), numberOf(after?.finding)] as const;
      return pair[0] === null || pair[1] === null ? [] : [[pair[0], pair[1]] as const];
    });
  }

  conversations(reader: OracleReader, revisionId: string) {
    const counts = { planned: 0, processed: 0, failed: 0, skipped: 0, pending: 0 };
    for (const [conversationId, runId] of this.planned(revisionId)) {
      if (
        !this.world.conversations.has(conversationId)
          ? reader.conversations !== 'all'
          : !this.mayRead(reader, conversationId)
      )
        continue;
      counts.planned += 1;
      counts[this.outcomeOf(revisionId, conversationId, runId)] += 1;
    }
    return counts;
  }

  definitions(projectId: string): string[] {
    return [...this.world.definitions.values()]
      .filter((one) => one.projectId === projectId && one.isRemoved.now !== true)
      .sort((left, right) => left.ordinal.now - right.ordinal.now || (left.id < right.id ? -1 : 1))
      .map(({ id }) => id);
  }

  private compared(reader: OracleReader, revisionId: string, definitionId: string): Pair[] {
    return this.pairs(reader, revisionId).filter(
      (pair) => pair.definitionId === definitionId && (pair.kind === 'CHANGED' || pair.kind === 'UNCHANGED'),
    );
  }

  private repeats(reader: OracleReader, revisionId: string, definitionId?: string) {
    const definitions = this.definitions(this.projectOf(revisionId));
    const all = this.events.flatMap((event) =>
      event.type === 'InsightRepeated' &&
      event.data.revisionId === revisionId &&
      definitions.includes(event.data.definitionId) &&
      (definitionId === undefined || event.data.definitionId === definitionId) &&
      event.data.isChanged !== null &&
      this.mayRead(reader, event.data.conversationId)
        ? [event.data.isChanged]
        : [],
    );
    return { changed: all.filter(Boolean).length, compared: all.length };
  }

  private outcomeOf(revisionId: string, conversationId: string, runId: string) {
    if (!this.world.conversations.has(conversationId)) return 'skipped';
    for (const { type, data } of this.events) {
      if (type === 'InsightsRunCompleted' && data.runId === runId)
        return data.counts.failed > 0 && data.counts.answered + data.counts.notDiscussed === 0 ? 'failed' : 'processed';
      if ((type === 'InsightsRunFailed' || type === 'RerunStageFailed') && data.runId === runId) return 'failed';
    }
    return this.isFinished(revisionId) ? 'skipped' : 'pending';
  }

  /** The run of the latest try, by conversation. */
  private planned(revisionId: string): Map<string, string> {
    const batches = this.events.flatMap((event) =>
      event.type === 'RevisionBatchPlanned' && event.data.revisionId === revisionId ? event.data.conversations : [],
    );
    return new Map(batches.map(({ conversationId, runId }) => [conversationId, runId]));
  }

  private mayRead({ conversations: scope, userId, teamIds, workspaceId }: OracleReader, id: string): boolean {
    const conversation = this.world.conversations.get(id);
    if (conversation?.workspaceId !== workspaceId) return false;
    const { createdBy, facts } = conversation;
    if (scope === 'all' || createdBy === userId || facts.ownerId.now === userId) return true;
    return scope === 'team' && facts.teamId.now !== null && teamIds.includes(facts.teamId.now);
  }

  private found(runId: string, definitionId: string): Found | undefined {
    const of = this.settled.get(cellKey({ runId, definitionId }));
    switch (of?.type) {
      case 'InsightRecorded':
      case 'InsightCarriedOver':
        return { state: 'FOUND', finding: of.data.finding, inputs: of.data.inputs };
      case 'InsightFailed':
        return { state: 'FAILED' };
      case 'InsightDropped':
        return of.data.reason === 'CANCELLED' ? { state: 'CANCELLED' } : undefined;
      default:
        return undefined;
    }
  }

  private pairs(reader: OracleReader, revisionId: string): Pair[] {
    const projectId = this.projectOf(revisionId);
    const liveAt = this.liveAt(revisionId);
    const asOf = liveAt === undefined ? null : new Date(liveAt).toISOString();
    const without = { ...this.world, lives: this.world.lives.filter((live) => live.revisionId !== revisionId) };
    const before = new Map(
      selectAll(without, reader, projectId, { asOf, revisionId: null }).map(({ conversation, run }) => [
        conversation.id,
        run.id,
      ]),
    );
    return this.lastRuns(revisionId)
      .filter(({ conversationId }) => this.mayRead(reader, conversationId))
      .flatMap((run) => this.pairsOf(projectId, run, before.get(run.conversationId) ?? null))
      .sort(
        (left, right) =>
          right.happenedAt - left.happenedAt ||
          (left.conversationId === right.conversationId
            ? left.ordinal - right.ordinal
            : left.conversationId < right.conversationId
              ? 1
              : -1),
      );
  }

  private lastRuns(revisionId: string) {
    const last = new Map<string, { id: string; conversationId: string; completedAt: number | null; place: number }>();
    for (const run of this.world.runs.values()) {
      const known = last.get(run.conversationId);
      if (run.revisionId === revisionId && (!known || known.place < run.place)) last.set(run.conversationId, run);
    }
    return [...last.values()];
  }

  private pairsOf(
    projectId: string,
    { id: afterRun, conversationId, completedAt }: { id: string; conversationId: string; completedAt: number | null },
    beforeRun: string | null,
  ): Pair[] {
    const conversation = this.world.conversations.get(conversationId);
    const startedAt = conversation?.facts.startedAt.now;
    const happenedAt = startedAt ? Date.parse(startedAt) : (conversation?.createdAt ?? 0);
    return this.definitions(projectId).map((definitionId, ordinal) => {
      const [after, before] = [
        this.found(afterRun, definitionId),
        beforeRun === null ? undefined : this.found(beforeRun, definitionId),
      ];
      const kind = kindOf(before, after, completedAt !== null);
      const cause = kind === 'CHANGED' ? causeOf(before?.inputs, after?.inputs) : null;
      return { conversationId, definitionId, kind, cause, beforeRun, afterRun, before, after, happenedAt, ordinal };
    });
  }
}

function kindOf(before: Found | undefined, after: Found | undefined, isDone: boolean): string {
  if (before?.finding && after?.finding) return isChanged(before.finding, after.finding) ? 'CHANGED' : 'UNCHANGED';
  if (after?.finding) return 'ADDED';
  const isGone = after === undefined ? isDone : after.state === 'FAILED';
  return before?.finding && isGone ? 'REMOVED' : 'NONE';
}

function causeOf(before: AnswerInputDigests | undefined, after: AnswerInputDigests | undefined): string {
  if (!before || !after) return 'INPUTS_UNKNOWN';
  const names = ['definition', 'knowledge', 'language', 'analyst', 'transcript', 'conversation'] as const;
  const changed = names.filter((name) => before[name] !== after[name]);
  if (changed.length > 1) return 'SEVERAL_CHANGED';
  return changed[0] === undefined ? 'NOTHING_CHANGED' : `${changed[0].toUpperCase()}_CHANGED`;
}

function categoryOf(finding: Finding | undefined): string | null {
  if (finding?.outcome !== 'ANSWERED') return null;
  if (finding.answer.type === 'YES_NO') return finding.answer.answer;
  if (finding.answer.type === 'GROUP') return finding.answer.bucket;
  return finding.answer.type === 'FUNNEL' ? finding.answer.stage : null;
}

function numberOf(finding: Finding | undefined): number | null {
  if (finding?.outcome !== 'ANSWERED') return null;
  if (finding.answer.type === 'BUYER_ENGAGEMENT') return finding.answer.score;
  if (finding.answer.type === 'SCALE') return finding.answer.value;
  return finding.answer.type === 'DISCOUNT' ? finding.answer.rate : null;
}
