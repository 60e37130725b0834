/**
 * Reads a CSV as RFC 4180 has it and as nobody should be more lenient: CRLF behind every record, quotes around the whole
 * field or nowhere, as many fields in each record. A field that is not quoted and empty is null.
 */
export function parseCsv(text: string): (string | null)[][] {
  const records: (string | null)[][] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
  let record: (string | null)[] = [];
  while (field.lastIndex < text.length) {
    const at = field.lastIndex;
    const [, quoted, plain, end] = field.exec(text) ?? [];
    if (end === undefined) throw new Error(`No RFC 4180 at ${at}: ${JSON.stringify(text.slice(at, at + 80))}`);
    record.push(quoted === undefined ? plain || null : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    if (records[0] && records[0].length !== record.length)
      throw new Error(`Record ${records.length + 1} has ${record.length} fields and not ${records[0].length}.`);
    records.push(record);
    record = [];
  }
  if (record.length > 0) throw new Error('The last record does not end.');
  return records;
}
