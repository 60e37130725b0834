/** Of a conversation, the newest first: by when a run began, or by when its revision was made live. */
export const runCandidates = `
  select r.conversation_id, r.run_id, r.kind, r.revision_id, r.transcript_version, r.eligibility, r.cell_count,
         r.started_at, r.completed_at, r.counts, l.project_id as live_project_id
    from insights.runs r
    left join insights.lives l on l.revision_id = r.revision_id
   where r.conversation_id = $1 and (r.kind = 'PIPELINE' or l.revision_id is not null)
   order by coalesce(l.major, r.major) desc, coalesce(l.minor, r.minor) desc, r.major desc, r.minor desc`;
