import { formatPosition, type LogPosition } from '@harmony/event-store';

/** Columns as wide as their widest cell, the first row being the heading. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** JSON in one line; positions as `major:minor`. */
export const json = (value: unknown): string =>
  JSON.stringify(value, (_name, member: unknown) => (isPosition(member) ? formatPosition(member) : member));

function isPosition(value: unknown): value is LogPosition {
  return (
    typeof value === 'object' &&
    value !== null &&
    'major' in value &&
    'minor' in value &&
    typeof value.major === 'bigint' &&
    typeof value.minor === 'bigint'
  );
}

/** `3 s`, `4 min 5 s`, `2 h 3 min`. */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3_600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3_600)} h ${Math.floor((whole % 3_600) / 60)} min`;
}

export const count = (number: number, one: string, many = `${one}s`): string =>
  `${number.toLocaleString('en')} ${number === 1 ? one : many}`;
