import type { Question } from '@harmony/contracts';

/** One column of a CSV. */
export interface Column {
  readonly header: string;
  /** An expression over the tables of the export's statement: a number, or text that is safe in a spreadsheet. */
  readonly sql: string;
}

/** What is exported of a project, as it was at the moment of the export. */
export interface ExportedProject {
  readonly id: string;
  readonly name: string;
  readonly definitions: readonly ExportedDefinition[];
  readonly goals: readonly Rule[];
  readonly scorecards: readonly Rule[];
}

export interface Rule {
  readonly id: string;
  readonly name: string;
}

export interface ExportedDefinition {
  readonly id: string;
  readonly title: string;
  /** Of its version at the moment. */
  readonly question: Question;
  /** By number. */
  readonly versions: ReadonlyMap<number, Question>;
}

/** A custom field of conversations. */
export interface ExportedField {
  readonly key: string;
  readonly label: string;
}
