/** What spreadsheets skip before they look whether a cell is a formula, as ranges that JavaScript and Postgres both read. */
const skipped = '\\u0001-\\u0020\\u007f-\\u00a0\\u1680\\u2000-\\u200f\\u2028-\\u202f\\u205f-\\u2064\\u3000\\ufeff';

/** With what a formula, or a cell that breaks out of its column, begins; the wide forms too (OWASP, CSV injection). */
const openings = '=+@\\t\\r\\n\\uff1d\\uff0b\\uff0d\\uff20-';

const formulaOpening = `^([${skipped}]*[${openings}])`;
const opening = new RegExp(formulaOpening);

/** Text that no spreadsheet takes for a formula: an apostrophe goes before one that begins like it. NUL is left out. */
export const spreadsheetText = (text: string): string => text.replaceAll('\0', '').replace(opening, "'$1");

/**
 * The same in SQL, for an expression of type text. Most text begins with a letter of ASCII, which two comparisons of
 * bytes find out in a tenth of the time that the pattern takes.
 */
export function spreadsheetTextSql(expression: string): string {
  if (!/^[\w.]+$/.test(expression))
    return `(select ${spreadsheetTextSql('one.value')} from (select ${expression} as value offset 0) one)`;
  return `case when ${expression} collate "C" >= 'A' and ${expression} collate "C" < E'\\x7f' then ${expression}
    else regexp_replace(${expression}, '${formulaOpening}', '''\\1') end`;
}
