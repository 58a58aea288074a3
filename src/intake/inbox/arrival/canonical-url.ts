/** Parameters that say how a reader came to a page, and change nothing on it. */
const TRACKING = new Set([
  ...['fbclid', 'gclid', 'gclsrc', 'dclid', 'gbraid', 'wbraid', 'msclkid', 'yclid', 'ysclid', 'twclid'],
  ...['ttclid', 'igshid', 'igsh', 'li_fat_id', 'mc_cid', 'mc_eid', 'mkt_tok', 'oly_anon_id', 'oly_enc_id'],
  ...['_hsenc', '_hsmi', '__hstc', '__hsfp', '__hssc', 'hsctatracking', 'vero_id', 'vero_conv', 'rb_clickid'],
  ...['s_cid', 'ncid', 'ocid', 'cmpid', 'cmp', 'campaign_id', 'ito', 'smid', 'sref', 'srnd', '_openstat'],
  ...['at_medium', 'at_campaign', 'at_custom1', 'at_custom2', 'at_custom3', 'at_custom4', 'xtor', 'wt.mc_id'],
  ...['ref_src', 'ref_url', 'spm', 'share_source', 'guccounter', 'guce_referrer', 'guce_referrer_sig', '_ga'],
]);
const TRACKING_PREFIX = /^(?:utm|pk|mtm|hsa|matomo|piwik)_/;

/**
 * Returns the canonical form of an http or https address: without fragment, tracking parameters, default port and
 * dot at the end of its host, with its parameters in order. Null if the text is no such address, or has a user name.
 */
export function canonicalUrl(address: string): string | null {
  const url = URL.canParse(address.trim()) ? new URL(address.trim()) : null;
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) return null;
  if (url.username !== '' || url.password !== '') return null;
  url.hash = '';
  url.hostname = url.hostname.replace(/\.$/, '');
  url.pathname = withPlainLetters(url.pathname);
  const kept = [...url.searchParams].filter(([name]) => !isTracking(name));
  const parameters = new URLSearchParams(kept);
  parameters.sort();
  url.search = parameters.toString();
  return url.href;
}

/**
 * Returns the key by which addresses of one page agree: of the canonical form, without scheme, `www.` and slashes at the
 * end. Null as `canonicalUrl`.
 */
export function addressKey(address: string): string | null {
  const canonical = canonicalUrl(address);
  if (canonical === null) return null;
  const { host, pathname, search } = new URL(canonical);
  return `${host.replace(/^www\./, '')}${pathname.replace(/\/+$/, '')}${search}`;
}

function isTracking(name: string): boolean {
  const lower = name.toLowerCase();
  return TRACKING.has(lower) || TRACKING_PREFIX.test(lower);
}

/** Decodes escaped letters, digits and `-._~`, which mean the same escaped or not, and writes other escapes in capitals. */
function withPlainLetters(path: string): string {
  return path.replaceAll(/%[0-9a-f]{2}/gi, (escaped) => {
    const character = String.fromCharCode(Number.parseInt(escaped.slice(1), 16));
    return /[\w.~-]/.test(character) ? character : escaped.toUpperCase();
  });
}
