import { parseInput } from '@harmony/api';
import type { Parameters } from '../../read-model/sql.js';
import { searchCondition, searchWords } from '../../rows/search.js';

/** Finds what the table of results finds for the same words. @throws HarmonyError INVALID_INPUT */
export function searchSql(search: string | null, parameters: Parameters): string {
  const columns = ['result.rationale', 'result.text', 'selected.title'];
  return `where ${searchCondition(parseInput(searchWords, search), columns, parameters)}`;
}
