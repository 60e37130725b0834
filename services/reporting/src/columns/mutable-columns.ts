import type { RuleOutcome } from '@harmony/contracts';
import type { AccessColumns, Cell, Coded, FactColumns, ProjectColumns } from '../domain/columns.js';
import { byItself, byJson, CodedColumn } from './coded-column.js';
import type { ConversationRecord } from './conversation.js';
import { Pace } from './pace.js';
import { RowIndex } from './row-index.js';

const none: Cell = { outcome: 'NONE' };
type FactColumn = CodedColumn<string | null> | CodedColumn<string> | CodedColumn<readonly string[]>;
type Fillable = Pick<FactColumn, 'fill'>;
type ByKey = Iterable<readonly [string, Coded<unknown>]>;

/** What columns are filled with. */
interface Content extends Pick<FactColumns, 'runIds' | 'happenedAt' | 'isThere'> {
  readonly facts: ByKey;
  readonly customFields: ByKey;
  readonly cells: ByKey;
  readonly goals: ByKey;
  readonly scorecards: ByKey;
}

const idColumn = (): CodedColumn<string | null> => new CodedColumn<string | null>(null, byItself);
const wordColumn = (): CodedColumn<string> => new CodedColumn('', byItself);

let versions = 0;
const nextVersion = (): number => (versions += 1);

interface Packed extends Omit<Content, 'isThere'> {
  readonly conversationIds: readonly string[];
}

/** Two ids and an entry of the index by id, which copies share. */
const bytesOfRow = 250;

/** The columns of one project at one moment, which take in conversations as they change. Nothing is ever half changed. */
export class MutableColumns implements ProjectColumns {
  version = nextVersion();
  readonly cells = new Map<string, CodedColumn<Cell>>();
  readonly goals = new Map<string, CodedColumn<RuleOutcome | undefined>>();
  readonly scorecards = new Map<string, CodedColumn<number | null>>();
  private readonly customFields = new Map<string, CodedColumn<unknown>>();
  private runIds: string[] = [];
  private isThere = new Uint8Array(0);
  private happenedAt = new Float64Array(0);
  private readonly ids = { team: idColumn(), owner: idColumn(), contact: idColumn(), revision: idColumn() };
  private readonly words = { medium: wordColumn(), status: wordColumn(), runKind: wordColumn() };
  private readonly tags = new CodedColumn<readonly string[]>([], byJson);
  private readonly access = { owner: idColumn(), createdBy: idColumn(), team: idColumn() };

  constructor(private readonly index: RowIndex = new RowIndex()) {}

  /** Those that `packColumns` was given, without the rows that had gone. */
  static async unpack({ conversationIds, ...packed }: Packed, pace: Pace = new Pace()): Promise<MutableColumns> {
    const columns = new MutableColumns();
    for (const id of conversationIds) {
      columns.index.add(id);
      if (pace.isDue) await pace.rest();
    }
    await columns.fill({ ...packed, isThere: new Uint8Array(conversationIds.length).fill(1) }, pace);
    return columns;
  }

  /**
   * Columns of their own with the same content, made in slices: a conversation that changes meanwhile must be put into
   * them again.
   */
  async copy(pace: Pace = new Pace()): Promise<MutableColumns> {
    const { index, runIds, isThere, happenedAt, customFields, cells, goals, scorecards } = this;
    const copy = new MutableColumns(index);
    const facts = Object.entries(this.factColumns());
    await copy.fill({ runIds, isThere, happenedAt, facts, customFields, cells, goals, scorecards }, pace);
    return copy;
  }

  get facts(): FactColumns {
    const { isThere, happenedAt, runIds, tags, customFields } = this;
    const { conversationIds } = this.index;
    const access: AccessColumns = this.access;
    // Copies that share the index may have come to know more of them.
    const rows = Math.min(conversationIds.length, isThere.length);
    return {
      ...{ rows, isThere, happenedAt, conversationIds, runIds, tags, customFields, access },
      ...this.ids,
      ...this.words,
    };
  }

  /** Takes the place of what was known of the conversation. */
  put(conversation: ConversationRecord): void {
    this.version = nextVersion();
    const row = this.index.add(conversation.conversationId);
    if (row >= this.isThere.length) this.grow(Math.max(1024, Math.ceil(row * 1.5)));
    // Written far behind its end, an array becomes a slow one.
    while (this.runIds.length < row) this.runIds.push('');
    this.runIds[row] = conversation.runId;
    this.isThere[row] = 1;
    this.happenedAt[row] = conversation.happenedAt;
    this.putFacts(row, conversation);
    this.putCustomFields(row, conversation.customFields);
    this.putResults(row, conversation);
  }

  /** The conversation is no longer in the project. */
  remove(conversationId: string): void {
    const row = this.index.rowOf(conversationId);
    if (row === undefined) return;
    this.isThere[row] = 0;
    this.version = nextVersion();
  }

  /** The run that the conversation counts with; undefined where it is not in the project. */
  runOf(conversationId: string): string | undefined {
    const row = this.index.rowOf(conversationId);
    return row !== undefined && this.isThere[row] === 1 ? this.runIds[row] : undefined;
  }

  /** Roughly, in memory. */
  get bytes(): number {
    const own = this.isThere.byteLength + this.happenedAt.byteLength + this.facts.rows * bytesOfRow;
    return this.allColumns().reduce((sum, { bytes }) => sum + bytes, own);
  }

  private async fill({ runIds, isThere, happenedAt, facts, ...content }: Content, pace: Pace): Promise<void> {
    this.isThere = isThere.slice();
    this.happenedAt = happenedAt.slice();
    this.runIds = runIds.slice();
    const columns = this.factColumns();
    const take = async (column: Fillable | undefined, one: Coded<unknown>): Promise<void> => {
      await column?.fill(one, pace);
      if (pace.isDue) await pace.rest();
    };
    for (const [name, one] of facts) await take(columns[name], one);
    for (const [key, one] of content.customFields) await take(this.customField(key), one);
    for (const [id, one] of content.cells) await take(this.cellsOf(id), one);
    for (const [id, one] of content.goals) await take(this.goal(id), one);
    for (const [id, one] of content.scorecards) await take(this.scorecard(id), one);
  }

  private putFacts(row: number, facts: ConversationRecord): void {
    this.ids.team.set(row, facts.teamId);
    this.ids.owner.set(row, facts.ownerId);
    this.ids.contact.set(row, facts.contactId);
    this.ids.revision.set(row, facts.revisionId);
    this.words.medium.set(row, facts.medium);
    this.words.status.set(row, facts.status);
    this.words.runKind.set(row, facts.runKind);
    this.tags.set(row, facts.tags);
    this.access.owner.set(row, facts.access.ownerId);
    this.access.createdBy.set(row, facts.access.createdBy);
    this.access.team.set(row, facts.access.teamId);
  }

  private putCustomFields(row: number, values: Readonly<Record<string, unknown>>): void {
    for (const column of this.customFields.values()) column.clear(row);
    for (const [key, value] of Object.entries(values)) {
      this.customField(key).set(row, value);
    }
  }

  private putResults(row: number, { cells, goals, scorecards }: ConversationRecord): void {
    const results = [...this.cells.values(), ...this.goals.values(), ...this.scorecards.values()];
    for (const column of results) column.clear(row);
    for (const { definitionId, cell } of cells) {
      this.cellsOf(definitionId).set(row, cell);
    }
    for (const { goalId, outcome } of goals) this.goal(goalId).set(row, outcome);
    for (const { scorecardId, score } of scorecards) this.scorecard(scorecardId).set(row, score);
  }

  private customField(key: string): CodedColumn<unknown> {
    return this.columnIn(this.customFields, key, () => new CodedColumn<unknown>(undefined, byJson));
  }

  private cellsOf(definitionId: string): CodedColumn<Cell> {
    return this.columnIn(this.cells, definitionId, () => new CodedColumn<Cell>(none, byJson));
  }

  private goal(id: string): CodedColumn<RuleOutcome | undefined> {
    return this.columnIn(this.goals, id, () => new CodedColumn<RuleOutcome | undefined>(undefined, byItself));
  }

  private scorecard(id: string): CodedColumn<number | null> {
    return this.columnIn(this.scorecards, id, () => new CodedColumn<number | null>(null, byItself));
  }

  private columnIn<Value>(
    columns: Map<string, CodedColumn<Value>>,
    key: string,
    create: () => CodedColumn<Value>,
  ): CodedColumn<Value> {
    const known = columns.get(key);
    if (known) return known;
    const column = create();
    column.grow(this.isThere.length);
    columns.set(key, column);
    return column;
  }

  private grow(rows: number): void {
    const [isThere, happenedAt] = [new Uint8Array(rows), new Float64Array(rows)];
    isThere.set(this.isThere);
    happenedAt.set(this.happenedAt);
    [this.isThere, this.happenedAt] = [isThere, happenedAt];
    for (const column of this.allColumns()) column.grow(rows);
  }

  /** By the names that snapshots know them by. */
  private factColumns(): Record<string, FactColumn & Coded<unknown>> {
    const { ids, words, tags, access } = this;
    const { owner, createdBy, team } = access;
    return { ...ids, ...words, tags, 'access.owner': owner, 'access.createdBy': createdBy, 'access.team': team };
  }

  private allColumns(): (Coded<unknown> & { grow(rows: number): void; readonly bytes: number })[] {
    return [
      ...Object.values(this.factColumns()),
      ...this.customFields.values(),
      ...this.cells.values(),
      ...this.goals.values(),
      ...this.scorecards.values(),
    ];
  }
}
