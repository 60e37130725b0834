import type { ExportKind, ExportRequest } from '@harmony/contracts';

/** What some system does not take in the name of a file, and what would hide it. */
const refused = /[\p{Cc}\p{Cf}\p{Cs}\\/:*?"<>|]/gu;

const safe = (name: string): string =>
  name
    .replace(refused, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[\s.]+|[\s.]+$/g, '');

const whatOf: Readonly<Record<ExportKind, string>> = {
  REPORT: 'conversations',
  DEFINITION: 'results',
  CHANGES: 'changes',
  REVISION_HISTORY: 'revision history',
};

/** For instance `Sales conversations 2026-02-03.csv`; of what is called by other signs only, `Export …`. */
export function fileNameOf(subject: string, { kind, format }: ExportRequest, asOf: string): string {
  const what = whatOf[kind];
  const name = Array.from(safe(subject)).slice(0, 80).join('').trim() || 'Export';
  return `${name} ${what} ${asOf.slice(0, 10)}.${format === 'CSV' ? 'csv' : 'jsonl'}`;
}

/** RFC 6266: plain for old readers, and as it is. */
export function attachment(fileName: string): string {
  const plain = fileName.replace(/[^\x20-\x7e]/g, '_').replaceAll('%', '_');
  const exact = encodeURIComponent(fileName).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
  return `attachment; filename="${plain}"; filename*=UTF-8''${exact}`;
}
