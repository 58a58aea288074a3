interface Permitted {
  /** The origins whose pages may frame it, as in `frame-ancestors`. Default: none. */
  readonly ancestors?: string;
  /** The hashes or nonces of style sheets in the page, as in `style-src`. */
  readonly styleHashes: readonly string[];
}

/** Returns the headers of a page: nothing comes from elsewhere, no script is inline, and no style but with a hash. */
export function securityHeaders({ ancestors = "'none'", styleHashes }: Permitted) {
  const styles = ["'self'", ...styleHashes].join(' ');
  return {
    // 'self' in connect-src covers the WebSocket to the same host.
    'Content-Security-Policy':
      `default-src 'none'; script-src 'self'; style-src ${styles}; img-src 'self'; font-src 'self'; connect-src 'self'; ` +
      `manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors ${ancestors}`,
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'strict-origin-when-cross-origin',
    'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
  };
}

/** The headers of the files of pages. */
export const FILE_HEADERS = securityHeaders({ styleHashes: [] });
