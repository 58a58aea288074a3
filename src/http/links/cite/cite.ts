import { ParameterError } from '../../../parameters/parameter-error.js';
import { formatSelection, parseSelection } from '../../../parameters/selection.js';
import { refuse } from '../../response/refusal.js';
import type { Link, SendDocument } from '../link.js';
import { bibTexOf } from './bibtex.js';
import { CITED, type Citation, type CitedDevelopment, citationOf } from './citation.js';
import { cslJsonOf } from './csl-json.js';

interface CitationFormat {
  readonly path: RegExp;
  readonly type: string;
  write(citation: Citation): string;
}

const FORMATS: readonly CitationFormat[] = [
  {
    path: /^\/d\/(?<slug>[a-z0-9-]+)\/cite\.json$/,
    type: 'application/vnd.citationstyles.csl+json; charset=utf-8',
    write: cslJsonOf,
  },
  {
    path: /^\/d\/(?<slug>[a-z0-9-]+)\/cite\.bib$/,
    type: 'application/x-bibtex; charset=utf-8',
    write: bibTexOf,
  },
];

/** Creates the citations of developments at a revision: CSL-JSON and BibTeX. */
export function createCitations(send: SendDocument): Link[] {
  return FORMATS.map(({ path: pattern, type, write }) => ({
    matches: (path) => pattern.test(path),
    answer: async (request) => {
      const { ask, path, search, site } = request;
      const slug = pattern.exec(path)?.groups?.['slug'] ?? '';
      const asOf = parseAsOf(search);
      const today = new Date().toISOString().slice(0, 10);
      await send(request, {
        type,
        key: `${site}${path}?${formatSelection({ ...(asOf && { asOf }) })} ${today}`,
        render: async () => {
          const variables = { slug, ...(asOf && { asOf }) };
          const { development } = (await ask(CITED, variables)) as { development: CitedDevelopment | null };
          if (!development) throw unknown(slug);
          return `${write(citationOf(development, asOf, site, today))}\n`;
        },
      });
    },
  }));
}

function parseAsOf(search: URLSearchParams) {
  for (const name of search.keys()) {
    if (name !== 'asOf') throw new ParameterError(name, 'only the parameter asOf', name);
  }
  return parseSelection(search).asOf;
}

const unknown = (slug: string) =>
  refuse(
    `No development has the slug "${slug}" at this point in time.`,
    { code: 'NOT_FOUND' },
    { status: 404 },
  );
