import { outlined, type ConversationOutline } from '../../conversations/conversation-outline.js';
import { asksAnalyst } from '../../plan-run/asks-analyst.js';
import {
  coverage,
  openCells,
  planConversation,
  type Candidate,
  type ConversationPlan,
  type Covered,
} from './plan-conversation.js';
import type { Questions } from './questions.js';
import type { Scope } from './scope.js';
import { cellsOf, identitiesOf, inForceOf, verdictsOf, type InForce } from './stored-answers.js';
import type { Reads } from '../reads.js';

/** Conversations that are looked at together. */
const pageSize = 500;

/**
 * What a revision does with each conversation of its scope, page by page. It asks nobody and changes nothing, so that
 * whoever previews a revision and whoever plans it see the same.
 */
export async function* planScope(
  reads: Reads,
  questions: Questions,
  scope: Scope,
): AsyncGenerator<readonly ConversationPlan[]> {
  for await (const page of pagesOf(reads, scope)) yield planPage(reads, questions, page);
}

interface ScopeRow {
  readonly conversation_id: string;
  readonly has_recording: boolean;
  readonly recording_ms: number | null;
  readonly happened_at: Date;
  readonly outline: ConversationOutline;
}

/** In the order in which they happened. */
async function* pagesOf(reads: Reads, scope: Scope): AsyncGenerator<readonly ScopeRow[]> {
  const { from, to, statuses } = scope;
  let last: ScopeRow | undefined;
  do {
    const behind = [last?.happened_at.toISOString() ?? '-infinity', last?.conversation_id ?? null];
    const parameters = [reads.workspaceId, from, to, statuses, ...behind];
    const rows = await reads.query<ScopeRow>(conversations, parameters);
    if (rows.length > 0) yield rows;
    last = rows.length < pageSize ? undefined : rows.at(-1);
  } while (last);
}

async function planPage(
  reads: Reads,
  questions: Questions,
  page: readonly ScopeRow[],
): Promise<readonly ConversationPlan[]> {
  const ids = page.map(({ conversation_id: id }) => id);
  const inForce = await inForceOf(reads, questions.project.id, ids);
  const verdicts = asksAnalyst(questions.project)
    ? await verdictsOf(reads, ids)
    : new Map<string, Candidate['verdicts']>();
  const covered = page.flatMap(({ conversation_id: id, has_recording: hasRecording, recording_ms, outline }) => {
    const candidate = {
      ...{
        conversation: outlined(outline),
        hasRecording,
        recordingMs: recording_ms,
        verdicts: verdicts.get(id) ?? none,
      },
      inForce: inForce.get(id)?.definitionIds ?? null,
    };
    return coverage(questions, candidate) ?? [];
  });
  return planCovered(reads, questions, covered, inForce);
}

async function planCovered(
  reads: Reads,
  questions: Questions,
  covered: readonly Covered[],
  inForce: ReadonlyMap<string, InForce>,
): Promise<readonly ConversationPlan[]> {
  const identities = await identitiesOf(
    reads,
    covered.map(({ conversationId }) => conversationId),
  );
  const identitiesAbout = (id: string): ReadonlySet<string> => identities.get(id) ?? new Set();
  const open = covered.map((one) => openCells(questions, one, identitiesAbout(one.conversationId)));
  const openIds = covered.flatMap(({ conversationId }, index) => (open[index]?.length ? [conversationId] : []));
  const definitionIds = [...new Set(open.flat().map(({ definitionId }) => definitionId))];
  const runIds = openIds.flatMap((id) => inForce.get(id)?.runId ?? []);
  const cells = openIds.length > 0 ? await cellsOf(reads, openIds, definitionIds, runIds) : undefined;
  return covered.map((one) =>
    planConversation(questions, one, {
      identities: identitiesAbout(one.conversationId),
      cells: cells?.get(one.conversationId) ?? new Map(),
    }),
  );
}

const none: Candidate['verdicts'] = new Map();

const conversations = `
  select conversation_id, has_recording, recording_ms::float8, happened_at, outline
    from insights.conversations
   where workspace_id = $1 and happened_at >= $2 and happened_at < $3 and status = any($4::text[])
     and (happened_at > $5::timestamptz or (happened_at = $5::timestamptz and conversation_id > $6::uuid))
   order by happened_at, conversation_id
   limit ${pageSize}`;
