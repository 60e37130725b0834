import type { InsightType, Question } from '@harmony/contracts';

/** A definition as a report shows it. */
export interface ReportDefinition {
  readonly id: string;
  readonly title: string;
  readonly type: InsightType;
  readonly isActive: boolean;
  readonly isRemoved: boolean;
  readonly ordinal: number;
  readonly successAnswer: 'YES' | 'NO';
  /** Of the version that is current at the moment. */
  readonly question: Question;
}
