import { spreadsheetText } from './spreadsheet-text.js';

const quoted = (field: string): string => (/[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field);

/** The first line of a CSV, by RFC 4180; names are text of people, so they are as harmless as cells. */
export const csvHeader = (names: readonly string[]): string =>
  `${names.map((name) => quoted(spreadsheetText(name))).join(',')}\r\n`;
