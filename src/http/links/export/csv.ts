import { ParameterError } from '../../../parameters/parameter-error.js';
import { cellOf, parseColumns } from './columns.js';
import type { ExportFormat } from './format.js';

const SEPARATOR = '; ';
const BOM = '\ufeff';
/** The beginnings that spreadsheets take for formulas, in their full-width forms too. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

/** Comma-separated values by RFC 4180, in UTF-8. */
export const CSV: ExportFormat = {
  path: '/export.csv',
  type: 'text/csv; charset=utf-8; header=present',
  own: ['columns', 'bom'],
  create: (search, site) => {
    const columns = parseColumns(search.get('columns'));
    const header = `${columns.join(',')}\r\n`;
    return {
      begin: hasBom(search.get('bom')) ? BOM + header : header,
      row: (row) => `${columns.map((column) => fieldOf(cellOf(column, row, site))).join(',')}\r\n`,
      end: '',
      cutOff: ({ message }) => `${quoted(`#ERROR ${message}`)}\r\n`,
    };
  },
};

function hasBom(text: string | null): boolean {
  if (!text || text === '0') return false;
  if (text === '1') return true;
  throw new ParameterError('bom', 'bom to be 0 or 1', text);
}

function fieldOf(cell: ReturnType<typeof cellOf>): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'number' || typeof cell === 'boolean') return String(cell);
  if (typeof cell === 'string') return quoted(harmless(cell));
  const texts = cell.map((value) => String(value ?? '').replaceAll(';', ','));
  // A list of one number stays a number.
  const isNumber = cell.length === 1 && typeof cell[0] === 'number';
  return isNumber ? texts.join('') : quoted(harmless(texts.join(SEPARATOR)));
}

/** Keeps a spreadsheet from running a text as a formula: an apostrophe before it makes it text. */
const harmless = (text: string) => (FORMULA.test(text) ? `'${text}` : text);

const quoted = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
