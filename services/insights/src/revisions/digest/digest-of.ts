import type { RevisionDigest } from '@harmony/contracts';
import { createHash } from 'node:crypto';
import type { Reads } from '../reads.js';

const pageSize = 500;

interface ConversationDigest {
  readonly conversation_id: string;
  readonly results: number;
  readonly digest: string;
}

/**
 * SHA-256 over all that a revision found, as it is stored: of every conversation, in the order of their ids, a line with
 * its id and its own digest, which is over the digests of its results in the order of their definitions. A result is what
 * was asked in which version, how it ended, and the whole answer with its evidence. So whoever builds the results from
 * the log anew finds the same, and any other word, quote or figure gives another one.
 */
export async function digestOf({ workspaceId, query }: Reads, revisionId: string): Promise<RevisionDigest> {
  const whole = createHash('sha256');
  let [conversations, results] = [0, 0];
  let after: string | null = null;
  for (;;) {
    const parameters: readonly unknown[] = [workspaceId, revisionId, after, pageSize];
    const page: ConversationDigest[] = await query<ConversationDigest>(conversationDigests, parameters);
    for (const { conversation_id: id, digest, results: found } of page) {
      whole.update(`${id} ${digest}\n`);
      results += found;
    }
    conversations += page.length;
    after = page.at(-1)?.conversation_id ?? null;
    if (page.length < pageSize) return { conversations, results, sha256: whole.digest('hex') };
  }
}

const result = `jsonb_build_array(o.definition_id, o.definition_version, o.outcome, o.failure_code, o.result_id,
  o.identity, o.answer, o.rationale, o.confidence, o.evidence, o.searched)`;

/** Of several runs of the revision the one that started last counts, as in force. */
const conversationDigests = `
  with page as (
    select distinct on (r.conversation_id) r.conversation_id, r.run_id
      from insights.runs r
     where r.workspace_id = $1 and r.revision_id = $2 and ($3::uuid is null or r.conversation_id > $3)
     order by r.conversation_id, r.major desc, r.minor desc
     limit $4
  )
  select page.conversation_id, count(o.definition_id)::int as results,
         encode(sha256(coalesce(string_agg(sha256(convert_to(${result}::text, 'UTF8')), ''::bytea
                                           order by o.definition_id), ''::bytea)), 'hex') as digest
    from page left join insights.results o
      on o.conversation_id = page.conversation_id and o.run_id = page.run_id
   group by page.conversation_id order by page.conversation_id`;
