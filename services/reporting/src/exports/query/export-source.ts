import type { ExportedField, ExportedProject } from '../columns/column.js';
import type { Scene, Selection } from './statement.js';

/** Everything that a file is made of. */
export interface ExportSource {
  readonly project: ExportedProject;
  readonly fields: readonly ExportedField[];
  /** Numbered from 1. */
  readonly selection: Selection;
  readonly scene: Scene;
  /** Address of conversations, to which their id is added. */
  readonly link: string;
}

/** The statement that gives a file, and what stands before its first row. */
export interface ExportStatement {
  readonly header: string;
  readonly sql: string;
  readonly lineEnd: '\r\n' | '\n';
}
