/** A request as a link holds it. Headers are left out: they hold tokens. */
export interface Linked {
  readonly query: string;
  readonly variables?: string | undefined;
  readonly operationName?: string | undefined;
}

/** The longest link that servers and proxies take. */
const MAX_LINK = 8_000;

/** Returns the request in the address of the page. */
export function readLink(search: string): Linked | undefined {
  const params = new URLSearchParams(search);
  const query = params.get('query');
  if (!query) return undefined;
  return { query, variables: formatted(params.get('variables')) };
}

/** Returns the address of the page with a request; undefined if it would be too long. */
export function linkTo({ query, variables, operationName }: Linked, page: URL): string | undefined {
  const url = new URL(page.pathname, page);
  url.searchParams.set('query', query);
  if (variables?.trim()) url.searchParams.set('variables', compact(variables));
  if (operationName) url.searchParams.set('operationName', operationName);
  return url.href.length > MAX_LINK ? undefined : url.href;
}

/** Variables are in a link as programs send them, and in the editor as people read them. */
const formatted = (json: string | null) => (json ? rewrite(json, 2) : undefined);
const compact = (json: string) => rewrite(json);

function rewrite(json: string, indent?: number): string {
  try {
    return JSON.stringify(JSON.parse(json), null, indent);
  } catch {
    return json; // The server says what is wrong.
  }
}
