import { type Citation, PUBLISHER } from './citation.js';

/** Returns the citation as a BibTeX entry, in UTF-8. */
export function bibTexOf({ key, title, url, issued, accessed, note }: Citation): string {
  const [year = '', month = '0'] = issued.split('-');
  const fields = {
    author: `{${PUBLISHER}}`,
    title: `{${escaped(title)}}`,
    howpublished: `\\url{${url}}`,
    year,
    month: String(Number(month)),
    url,
    urldate: accessed,
    note: escaped(note),
  };
  const lines = Object.entries(fields).map(([name, value]) => `  ${name} = {${value}},`);
  return [`@misc{${key},`, ...lines, '}'].join('\n');
}

const COMMANDS: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
};

/** Escapes what TeX reads as commands. Braces must be balanced, even where they are escaped, so they are replaced. */
const escaped = (text: string) =>
  text
    .replace(/\s+/g, ' ')
    .replace(/[{}]/g, (brace) => (brace === '{' ? '(' : ')'))
    .replace(/[\\~^]/g, (character) => COMMANDS[character] ?? '')
    .replace(/[&%$#_]/g, (character) => `\\${character}`);
