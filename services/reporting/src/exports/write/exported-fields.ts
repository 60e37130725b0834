import type { Principal } from '@harmony/access';
import type { ScopedDatabase } from '@harmony/read-model';
import { SCOPED_DATABASE } from '@harmony/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { rowAsOf } from '../../read-model/as-of.js';
import type { ExportedField } from '../columns/column.js';

const fieldsAsOf = `
  select field.field_key as key, field.name as label
    from reporting.directory kept cross join lateral ${rowAsOf('kept', '$1::timestamptz')} field
   where kept.kind = 'FIELD' and not field.is_removed and kept.created_at <= $1::timestamptz
   order by kept.created_at, kept.id`;

/** The custom fields of conversations that a workspace had at a time, in the order in which they came. */
@Injectable()
export class ExportedFields {
  constructor(@Inject(SCOPED_DATABASE) private readonly database: ScopedDatabase) {}

  /** @param asOf ISO 8601; null for now */
  async of({ workspaceId }: Principal, asOf: string | null): Promise<readonly ExportedField[]> {
    return this.database.query<{ key: string; label: string }>(workspaceId, fieldsAsOf, [asOf ?? 'infinity']);
  }
}
