import type { FilterInput } from '../../../parameters/filter-input.js';
import { formatSelection, parseSelection, type Selection } from '../../../parameters/selection.js';
import { acceptedEncoding, type Encoding } from '../../response/content-encoding.js';
import { errorsIn, type MaskError } from '../../response/mask-error.js';
import type { Link, LinkRequest } from '../link.js';
import type { AskForPage } from '../page-context.js';
import { SlowBody } from '../slow-body.js';
import { CSV } from './csv.js';
import type { CutOff, ExportFormat, ExportWriter } from './format.js';
import { GEOJSON, NDJSON } from './json.js';
import { HEAD, ROWS, type RowPage } from './rows.js';

export interface ExportParts {
  readonly askForPage: AskForPage;
  readonly maskError: MaskError;
}

/** How many rows are read and paid for at a time. */
const PAGE_SIZE = 100;

/** Creates the downloads of all filters, of any size: one page is in memory at a time. */
export function createExports(parts: ExportParts): Link[] {
  return [CSV, NDJSON, GEOJSON].map((format) => ({
    matches: (path) => path === format.path,
    answer: (request) => answerExport(parts, format, request),
  }));
}

async function answerExport(parts: ExportParts, format: ExportFormat, request: LinkRequest): Promise<void> {
  const { exchange, search, site } = request;
  const { own, type } = format;
  const selection = parseSelection(search, { own, without: ['first', 'before'] });
  const writer = format.create(search, site);
  const download = new Download(parts, request, await pinned(request, selection));
  // The first page decides on the status: later errors come after the head.
  const rows = await download.nextRows(writer);
  const encoding = acceptedEncoding(exchange.request);
  exchange.response.writeHead(200, {
    ...exchange.headers,
    'Content-Type': type,
    ...(encoding && { 'Content-Encoding': encoding }),
    Vary: 'Accept-Encoding, Authorization, Origin',
    'Content-Disposition': `attachment; filename="doctrine-wire${format.path.replace('/export', '')}"`,
  });
  if (exchange.request.method === 'HEAD') exchange.response.end();
  else void download.send(writer, writer.begin + rows, encoding); // Not within the time of one request.
}

/** Fixes the point in time, so that changes meanwhile neither repeat nor skip rows. Drafts exist only in the present. */
async function pinned({ ask }: LinkRequest, selection: Selection): Promise<Selection> {
  if (selection.asOf || namesDrafts(selection.filter)) return selection;
  const { feedHead } = (await ask(HEAD, {})) as { feedHead: string };
  return { ...selection, asOf: { cursor: feedHead } };
}

const namesDrafts = (filter: FilterInput): boolean => JSON.stringify(filter).includes('"DRAFT"');

class Download {
  readonly #parts: ExportParts;
  readonly #request: LinkRequest;
  readonly #selection: Selection;
  #after: string | undefined;
  #isOver = false;
  #count = 0;

  constructor(parts: ExportParts, request: LinkRequest, selection: Selection) {
    this.#parts = parts;
    this.#request = request;
    this.#selection = selection;
    this.#after = selection.page.after;
  }

  /** Returns the next page of rows. */
  async nextRows(writer: ExportWriter): Promise<string> {
    const { exchange } = this.#request;
    const { filter, order, asOf } = this.#selection;
    const variables = {
      ...{ filter, first: PAGE_SIZE },
      ...(order && { orderBy: order }),
      ...(asOf && { asOf }),
      ...(this.#after !== undefined && { after: this.#after }),
    };
    const { developments } = (await this.#parts.askForPage(exchange, ROWS, variables)) as RowPage;
    const { nodes, pageInfo } = developments;
    const texts = nodes.map((row, index) => writer.row(row, this.#count + index === 0));
    this.#count += nodes.length;
    this.#after = pageInfo.endCursor ?? this.#after;
    this.#isOver = !pageInfo.hasNextPage;
    return texts.join('');
  }

  /** Sends all rows, as fast as the client takes them. Never rejects. */
  async send(writer: ExportWriter, beginning: string, encoding: Encoding | undefined): Promise<void> {
    const { response } = this.#request.exchange;
    const body = new SlowBody(response, encoding);
    try {
      let text = beginning;
      while (await body.write(text)) {
        if (this.#isOver) {
          body.end(writer.end);
          return;
        }
        text = await this.nextRows(writer);
      }
    } catch (error) {
      if (response.destroyed) return;
      body.cut(writer.cutOff(this.#cutOffBy(error)));
    }
  }

  #cutOffBy(error: unknown): CutOff {
    const { exchange, site, path, search } = this.#request;
    const { context } = exchange;
    const [first] = errorsIn(error).map((one) => this.#parts.maskError(one, context));
    const own = Object.fromEntries([...search].filter(([name]) => name === 'columns'));
    const { page: _, ...rest } = this.#selection;
    const page = this.#after === undefined ? {} : { after: this.#after };
    const next = `${site}${path}?${formatSelection({ ...rest, page }, own)}`;
    return {
      code: String(first?.extensions['code']),
      message: `The download was cut off after ${this.#count} rows. ${first?.message} Go on with ${next}`,
      next,
    };
  }
}
