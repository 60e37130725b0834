import type { Directory, Principal } from '@harmony/access';
import { everything } from '@harmony/contracts';
import { newId } from '@harmony/kernel';
import type { ScopedDatabase } from '@harmony/read-model';
import { readWorld, type World } from '@harmony/report-oracle';
import { appendSteps, sampleLog, type SampleCast } from '@harmony/sample-log';
import { DefinitionResults, type ResultPage, type ResultQuestion } from '../rows/definition-results.js';
import { resultFilter } from '../rows/result-filter.js';
import type { ResultRowView } from '../rows/result-row.js';
import { ResultRows } from '../rows/result-rows.js';
import { RunningReporting } from './running-reporting.js';

/** Rows of a workspace in which a lot has happened, beside everything that its log says. */
export class RunningRows {
  /** Statements that were sent for readers so far. */
  readonly statements: string[] = [];

  private constructor(
    readonly reporting: RunningReporting,
    readonly world: World,
    readonly cast: SampleCast,
    readonly projectIds: readonly string[],
  ) {}

  static async start(conversations: number): Promise<RunningRows> {
    const reporting = await RunningReporting.start();
    const wish = { definitions: 13, projects: 2, days: 90, until: '2026-03-01T00:00:00.000Z', restlessness: 0.4 };
    const { workspaceId } = reporting;
    const log = sampleLog({ seed: 5, workspaceId, founderId: newId(), conversations, ...wish });
    await appendSteps(reporting.store, log.steps);
    await reporting.settled();
    return new RunningRows(reporting, await readWorld(reporting.store), log.cast, log.projectIds);
  }

  get projectId(): string {
    return this.projectIds[0] ?? '';
  }

  /** Of the project with all conversations. */
  get definitionIds(): string[] {
    const all = [...this.world.definitions.values()];
    return all.filter(({ projectId }) => projectId === this.projectId).map(({ id }) => id);
  }

  get rows(): ResultRows {
    return new ResultRows(this.database, this.directory);
  }

  get results(): DefinitionResults {
    const { moments, catalogue } = this.reporting;
    return new DefinitionResults(this.database, moments, catalogue, this.rows);
  }

  /** Everything of the first definition, the newest first, unless told. */
  question(more: Partial<ResultQuestion> = {}): ResultQuestion {
    return {
      ...{ projectId: this.projectId, definitionId: this.definitionIds[0] ?? '', filter: everything },
      ...{ results: resultFilter.parse({}), words: [], sort: 'DATE', direction: 'DESCENDING' },
      ...{ moment: { asOf: null, revisionId: null }, ...more },
    };
  }

  /** All rows, read page by page. */
  async walk(reader: Principal, asked: ResultQuestion, first: number): Promise<ResultRowView[]> {
    const nodes: ResultRowView[] = [];
    let after: string | null = null;
    for (;;) {
      const { edges, pageInfo }: ResultPage = await this.results.page(reader, asked, { first, after });
      nodes.push(...edges.map(({ node }) => node));
      if (!pageInfo.hasNextPage) return nodes;
      if (edges.length !== first) throw new Error('A page that is not the last one is full.');
      after = pageInfo.endCursor;
    }
  }

  private get database(): ScopedDatabase {
    return {
      query: (workspaceId, sql, parameters) => {
        this.statements.push(sql);
        return this.reporting.database.scoped.query(workspaceId, sql, parameters);
      },
    };
  }

  /** Stands for the workspace's own. */
  private get directory(): Directory {
    const namesOf: Directory['namesOf'] = (_workspaceId, ids) => {
      this.statements.push('names');
      return Promise.resolve(new Map(ids.map((id) => [id, `Name of ${id}`])));
    };
    return { namesOf } as Directory;
  }
}
