import type { RuleOutcome } from '@harmony/contracts';
import type { AccessColumns, Cell, Coded, FactColumns, ProjectColumns } from '../domain/columns.js';
import { byItself, byJson, CodedColumn } from './coded-column.js';
import type { ConversationRecord } from './conversation.js';
import type { PackedColumns } from './snapshots/packed-columns.js';

const none: Cell = { outcome: 'NONE' };
type FactColumn = CodedColumn<string | null> | CodedColumn<string> | CodedColumn<readonly string[]>;

const idColumn = (): CodedColumn<string | null> => new CodedColumn<string | null>(null, byItself);
const wordColumn = (): CodedColumn<string> => new CodedColumn('', byItself);

let versions = 0;
const nextVersion = (): number => (versions += 1);

/** Two ids and an entry of the index by id. */
const bytesOfRow = 250;

/** The columns of one project at one moment, which take in conversations as they change. Nothing is ever half changed. */
export class MutableColumns implements ProjectColumns {
  version = nextVersion();
  readonly cells = new Map<string, CodedColumn<Cell>>();
  readonly goals = new Map<string, CodedColumn<RuleOutcome | undefined>>();
  readonly scorecards = new Map<string, CodedColumn<number | null>>();
  private readonly customFields = new Map<string, CodedColumn<unknown>>();
  private readonly rowOf = new Map<string, number>();
  private readonly conversationIds: string[] = [];
  private readonly runIds: string[] = [];
  private isThere = new Uint8Array(0);
  private happenedAt = new Float64Array(0);
  private readonly ids = { team: idColumn(), owner: idColumn(), contact: idColumn(), revision: idColumn() };
  private readonly words = { medium: wordColumn(), status: wordColumn(), runKind: wordColumn() };
  private readonly tags = new CodedColumn<readonly string[]>([], byJson);
  private readonly access = { owner: idColumn(), createdBy: idColumn(), team: idColumn() };

  /** Those that `packColumns` was given, without the rows that had gone. */
  static unpack(packed: PackedColumns): MutableColumns {
    const columns = new MutableColumns();
    columns.fill(packed);
    return columns;
  }

  get facts(): FactColumns {
    const { isThere, happenedAt, conversationIds, runIds, tags, customFields } = this;
    const access: AccessColumns = this.access;
    const rows = conversationIds.length;
    return {
      ...{ rows, isThere, happenedAt, conversationIds, runIds, tags, customFields, access },
      ...this.ids,
      ...this.words,
    };
  }

  /** Takes the place of what was known of the conversation. */
  put(conversation: ConversationRecord): void {
    this.version = nextVersion();
    const row = this.rowOf.get(conversation.conversationId) ?? this.addRow(conversation.conversationId);
    this.runIds[row] = conversation.runId;
    this.isThere[row] = 1;
    this.happenedAt[row] = conversation.happenedAt;
    this.putFacts(row, conversation);
    this.putCustomFields(row, conversation.customFields);
    this.putResults(row, conversation);
  }

  /** The conversation is no longer in the project. */
  remove(conversationId: string): void {
    const row = this.rowOf.get(conversationId);
    if (row === undefined) return;
    this.isThere[row] = 0;
    this.version = nextVersion();
  }

  /** Roughly, in memory. */
  get bytes(): number {
    const own = this.isThere.byteLength + this.happenedAt.byteLength + this.conversationIds.length * bytesOfRow;
    return this.allColumns().reduce((sum, { bytes }) => sum + bytes, own);
  }

  private fill({ conversationIds, runIds, happenedAt, facts, ...packed }: PackedColumns): void {
    for (const [row, id] of conversationIds.entries()) {
      this.conversationIds.push(id);
      this.runIds.push(runIds[row] ?? '');
      this.rowOf.set(id, row);
    }
    this.isThere = new Uint8Array(conversationIds.length).fill(1);
    this.happenedAt = Float64Array.from(happenedAt);
    const columns = this.factColumns();
    for (const [name, one] of facts) columns[name]?.fill(one);
    for (const [key, one] of packed.customFields) this.customField(key).fill(one);
    for (const [id, one] of packed.cells) this.cellsOf(id).fill(one);
    for (const [id, one] of packed.goals) this.goal(id).fill(one);
    for (const [id, one] of packed.scorecards) this.scorecard(id).fill(one);
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

  private addRow(conversationId: string): number {
    const row = this.conversationIds.length;
    this.conversationIds.push(conversationId);
    this.rowOf.set(conversationId, row);
    if (row >= this.isThere.length) this.grow(Math.max(1024, Math.ceil(row * 1.5)));
    return row;
  }

  private grow(rows: number): void {
    const [isThere, happenedAt] = [new Uint8Array(rows), new Float64Array(rows)];
    isThere.set(this.isThere);
    happenedAt.set(this.happenedAt);
    [this.isThere, this.happenedAt] = [isThere, happenedAt];
    for (const column of this.allColumns()) column.grow(rows);
  }

  /** By the names that snapshots know them by. */
  private factColumns(): Record<string, FactColumn> {
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
