import type { ScopedDatabase } from '@harmony/read-model';
import { SCOPED_DATABASE } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';

interface Mark {
  readonly isProcessing: boolean;
  /** Equal as long as nothing that readers see has changed. */
  readonly mark: string;
}

/** Of the revisions of a project, by their ids. */
export type Marks = ReadonlyMap<string, Mark>;

export const noMarks: Marks = new Map();

/** Finds which revisions have changed. */
@Injectable()
export class ChangeQueries {
  constructor(@Inject(SCOPED_DATABASE) private readonly database: ScopedDatabase) {}

  /** One short line a revision. What is put in force changes the version of all of them, and is told of those that it is about. */
  async marksOf(workspaceId: string, projectId: string): Promise<Marks> {
    const rows = await this.database.query<Mark & { readonly id: string }>(
      workspaceId,
      `select r.id, r.outcome = 'PROCESSING' as "isProcessing",
              concat_ws(' ', r.touched_at, r.planned, r.is_planned, r.plan_failure, g.updated_at,
                        r.digest ->> 'sha256') as mark
         from revisions.revisions r left join revisions.progress g on g.revision_id = r.id
        where r.project_id = $1::uuid`,
      [projectId],
    );
    return new Map(rows.map(({ id, isProcessing, mark }) => [id, { isProcessing, mark }]));
  }
}
