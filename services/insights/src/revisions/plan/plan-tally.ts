import {
  rerunStages,
  type CellDecision,
  type CellReason,
  type DefinitionPlan,
  type PlanSummary,
  type RerunStage,
} from '@harmony/contracts';
import { createHash } from 'node:crypto';
import { noEarlierWork, noWorkload, withWork } from './earlier-work.js';
import type { ConversationPlan } from './plan-conversation.js';

interface Counted {
  readonly decisions: Map<CellDecision, number>;
  readonly reasons: Map<CellReason, number>;
}

/** Counts what is done with conversations and cells, one conversation at a time. */
export class PlanTally {
  private readonly ids = new Set<string>();
  private readonly stages = new Map<string, number>();
  private readonly definitions = new Map<string, Counted>();
  /** Conversations of which a criterion is still to be judged. */
  undecided = 0;
  /** What is done before definitions are asked. */
  workload = noWorkload;

  /** @param definitionIds in the order in which they are named; others come behind them. */
  constructor(definitionIds: readonly string[]) {
    for (const id of definitionIds) this.definitions.set(id, { decisions: new Map(), reasons: new Map() });
  }

  add({ conversationId, stage, isUndecided, cells, work }: ConversationPlan): void {
    this.ids.add(conversationId);
    if (isUndecided) this.undecided += 1;
    this.workload = withWork(this.workload, work);
    increase(this.stages, stage);
    for (const { definitionId, decision, reason } of cells) {
      const counted = this.definitions.get(definitionId) ?? { decisions: new Map(), reasons: new Map() };
      this.definitions.set(definitionId, counted);
      increase(counted.decisions, decision);
      increase(counted.reasons, reason);
    }
  }

  /** A conversation that is planned already, and whose cells nobody can tell any more: it was deleted meanwhile. */
  addMissing(conversationId: string, stage: RerunStage): void {
    if (this.ids.has(conversationId)) return;
    this.add({ conversationId, stage, isUndecided: false, cells: [], work: noEarlierWork });
  }

  get conversationIds(): readonly string[] {
    return [...this.ids];
  }

  get summary(): PlanSummary {
    return {
      conversations: this.ids.size,
      scopeDigest: scopeDigest([...this.ids]),
      stages: rerunStages.flatMap((stage) => {
        const conversations = this.stages.get(stage);
        return conversations ? [{ stage, conversations }] : [];
      }),
      definitions: [...this.definitions].map(([definitionId, counted]) => definitionPlan(definitionId, counted)),
    };
  }
}

/** Equal for equal scopes, in whichever order they are given. */
export const scopeDigest = (conversationIds: readonly string[]): string =>
  createHash('sha256')
    .update([...conversationIds].sort().join('\n'))
    .digest('hex');

const definitionPlan = (definitionId: string, { decisions, reasons }: Counted): DefinitionPlan => ({
  definitionId,
  reused: decisions.get('REUSED') ?? 0,
  rerun: decisions.get('RERUN') ?? 0,
  new: decisions.get('NEW') ?? 0,
  outOfScope: decisions.get('OUT_OF_SCOPE') ?? 0,
  reasons: [...reasons].map(([reason, cells]) => ({ reason, cells })),
});

const increase = <Key>(counts: Map<Key, number>, key: Key): unknown => counts.set(key, (counts.get(key) ?? 0) + 1);
