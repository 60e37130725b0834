import { connectionOf, enumOf } from '@harmony/api';
import { exportFormats, exportKinds, type ExportFormat, type ExportKind } from '@harmony/contracts';
import { Field, Float, GraphQLISODateTime, ID, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { ReportFilterArgument } from '../../api/filter.inputs.js';
import type { DownloadLink } from '../download/download-links.js';
import {
  exportStatuses,
  type ExportProgressView,
  type ExportStatus,
  type ExportView,
} from '../read-model/export-view.js';

const ExportKindEnum = enumOf(exportKinds);
registerEnumType(ExportKindEnum, {
  name: 'ExportKind',
  description: 'What an export holds.',
  valuesMap: {
    REPORT: { description: 'One row a conversation, with columns for every active definition, goal and scorecard.' },
    DEFINITION: { description: 'One row a result of one definition, with rationale and quote.' },
    CHANGES: {
      description:
        'One row a result that a revision changes, adds or removes, before and after; with revisionId, without asOf and filter.',
    },
    REVISION_HISTORY: {
      description:
        'One row for each thing that was done to a revision of the project: what, when, by whom, over which warning, replacing what; with revisionId of that one only.',
    },
  },
});

const ExportFormatEnum = enumOf(exportFormats);
registerEnumType(ExportFormatEnum, {
  name: 'ExportFormat',
  description: 'How an export is written.',
  valuesMap: {
    CSV: {
      description: 'RFC 4180 in UTF-8; text that a spreadsheet would take for a formula stands behind an apostrophe.',
    },
    JSONL: { description: 'One JSON document a line, typed, with all evidence.' },
  },
});

const ExportStatusEnum = enumOf(exportStatuses);
registerEnumType(ExportStatusEnum, {
  name: 'ExportStatus',
  description: 'How an export stands.',
  valuesMap: {
    QUEUED: { description: 'Waits for its turn.' },
    RUNNING: { description: 'Is being written.' },
    COMPLETED: { description: 'The file is there.' },
    FAILED: { description: 'See failureCode.' },
    CANCELLED: { description: 'Whoever asked for it does not want it any more.' },
    EXPIRED: { description: 'The file is deleted.' },
  },
});

@ObjectType('ExportProgress', { description: 'How far an export is that is being written.' })
export class ExportProgressType implements ExportProgressView {
  @Field(() => Float, { description: 'Rows that are written: a whole number.' })
  rowsDone!: number;

  @Field(() => Float, {
    description: 'Conversations that are selected, the most rows that there can be: a whole number.',
  })
  rowsTotal!: number;
}

@ObjectType('DownloadLink', { description: 'Opens a file to whoever has it.' })
export class DownloadLinkType implements DownloadLink {
  @Field({ description: 'Relative to the address of Harmony; takes a GET without further credentials.' })
  url!: string;

  @Field(() => GraphQLISODateTime, { description: 'Until when; ask for the export again to get a fresh one.' })
  expiresAt!: Date;
}

@ObjectType('Export', { description: 'A file that somebody asked for; nobody else sees it.' })
export class ExportType implements ExportView {
  @Field(() => ID, { description: 'Of the export.' })
  id!: string;

  @Field(() => ID, { description: 'The project that it is of.' })
  projectId!: string;

  @Field(() => ExportKindEnum, { description: 'What its rows are.' })
  kind!: ExportKind;

  @Field(() => ID, { nullable: true, description: 'With DEFINITION only.' })
  definitionId!: string | null;

  @Field(() => ExportFormatEnum, { description: 'How its file is written.' })
  format!: ExportFormat;

  @Field(() => ExportStatusEnum, { description: 'How far it is.' })
  status!: ExportStatus;

  @Field({ description: 'That the file is saved under.' })
  fileName!: string;

  @Field(() => GraphQLISODateTime, {
    description: 'The columns are those of this time.',
  })
  requestedAt!: Date;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'When it was completed, cancelled or given up.' })
  endedAt!: Date | null;

  @Field(() => ExportProgressType, { nullable: true, description: 'While it is written.' })
  progress!: ExportProgressView | null;

  @Field(() => Float, { nullable: true, description: 'Rows without the header, once it is completed: a whole number.' })
  rowCount!: number | null;

  @Field(() => Float, { nullable: true, description: 'Of the file, once it is completed: a whole number.' })
  bytes!: number | null;

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'When the file is deleted.' })
  expiresAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'Why it failed: a stable error code.' })
  failureCode!: string | null;

  @Field(() => DownloadLinkType, { nullable: true, description: 'While the file is there.' })
  download!: DownloadLink | null;
}

@ObjectType('ExportConnection', { description: 'Exports of the reader, newest first.' })
export class ExportConnection extends connectionOf(ExportType, 'Export') {}

@InputType({ description: 'What is to be exported.' })
export class StartExportInput {
  @Field(() => ID, { description: 'The project to export from.' })
  projectId!: string;

  @Field(() => ExportKindEnum, { nullable: true, description: 'Absent: REPORT.' })
  kind?: ExportKind | null;

  @Field(() => ID, { nullable: true, description: 'With DEFINITION only.' })
  definitionId?: string | null;

  @Field(() => ExportFormatEnum, { nullable: true, description: 'Absent: CSV.' })
  format?: ExportFormat | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Begins a CSV with U+FEFF, by which Excel knows that it is UTF-8.',
  })
  byteOrderMark?: boolean | null;

  @Field(() => ReportFilterArgument, { nullable: true, description: 'Which conversations; absent: all.' })
  filter?: ReportFilterArgument | null;

  @Field(() => String, {
    nullable: true,
    description: 'With DEFINITION only: words that the rationale, the answer or the title must have.',
  })
  search?: string | null;

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'Everything as it was at this time; not in the future.',
  })
  asOf?: Date | null;

  @Field(() => ID, { nullable: true, description: 'Exactly the results of this revision; not together with asOf.' })
  revisionId?: string | null;
}
