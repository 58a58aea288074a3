import { INBOX_STATES, type InboxListState } from './inbox/states.js';
import { PROPOSAL_STATES, type ProposalState } from './proposals/states.js';
import { type QueueState, STATES } from './queue/states.js';

/** The kinds of developments, by the part of the path of their forms. */
export const KIND_PATHS = {
  statement: 'STATEMENT',
  event: 'EVENT',
  'doctrine-change': 'DOCTRINE_CHANGE',
} as const;

/** The kinds of entries that can be in the record twice. */
export const DUPLICATE_KINDS = {
  ACTOR: 'Actors',
  SOURCE: 'Sources',
  TOPIC: 'Topics',
  TREATY: 'Treaties',
  WEAPON_SYSTEM: 'Weapon systems',
  DOCTRINE: 'Doctrines',
  DEVELOPMENT: 'Developments',
} as const;

export type DuplicateKind = keyof typeof DUPLICATE_KINDS;

export type KindPath = keyof typeof KIND_PATHS;
export type Kind = (typeof KIND_PATHS)[KindPath];

/** The state of the desk, which its address says. */
export type Address =
  | {
      readonly page: 'queue';
      readonly state: QueueState;
      readonly isMine: boolean;
      readonly after: string | undefined;
    }
  | { readonly page: 'embargoes' }
  /** @property feed The key of a watched feed. Empty: all. */
  | { readonly page: 'inbox'; readonly state: InboxListState; readonly feed: string }
  /** @property key The watched feed that is changed. Empty: none. */
  | { readonly page: 'feeds'; readonly key: string }
  | { readonly page: 'add-article' }
  /** @property key The suggestion that is shown. Empty: the first one that is open. */
  | { readonly page: 'article'; readonly id: string; readonly key: string }
  | { readonly page: 'public'; readonly text: string; readonly after: string | undefined }
  | { readonly page: 'bulk' }
  | { readonly page: 'proposals'; readonly state: ProposalState; readonly after: string | undefined }
  | { readonly page: 'proposal'; readonly id: string }
  | { readonly page: 'my-proposals'; readonly after: string | undefined }
  | { readonly page: 'merges' }
  | { readonly page: 'suggestions'; readonly kind: DuplicateKind }
  /** @property form The key under which the browser keeps what has been typed. */
  | { readonly page: 'new'; readonly kind: KindPath; readonly form: string }
  | { readonly page: 'edit'; readonly slug: string }
  | { readonly page: 'development'; readonly slug: string };

const BASE = '/desk';

/** Where the desk begins. */
export const QUEUE_ADDRESS: Address = { page: 'queue', state: 'IN_REVIEW', isMine: false, after: undefined };

/** Reads the address of a page. Undefined: there is no such page. */
export function readAddress(target: string): Address | undefined {
  const { pathname, searchParams } = new URL(target, 'http://localhost');
  const [first = '', second = '', third, ...more] = pathname.slice(BASE.length + 1).split('/');
  if (more.length > 0) return undefined;
  const after = searchParams.get('after') ?? undefined;
  if (first === '') {
    const state = searchParams.get('state') ?? 'IN_REVIEW';
    if (!(state in STATES)) return undefined;
    return { page: 'queue', state: state as QueueState, isMine: searchParams.has('mine'), after };
  }
  if (first === 'published' && second === '') {
    return { page: 'public', text: searchParams.get('text') ?? '', after };
  }
  if (first === 'bulk' && second === '') return { page: 'bulk' };
  if (first === 'my-proposals' && second === '') return { page: 'my-proposals', after };
  if (first === 'proposals' && third === undefined) {
    if (second !== '') return { page: 'proposal', id: decodeURIComponent(second) };
    const state = searchParams.get('state') ?? 'RECEIVED';
    return state in PROPOSAL_STATES ? { page: 'proposals', state: state as ProposalState, after } : undefined;
  }
  if (first === 'embargoes' && second === '') return { page: 'embargoes' };
  if (first === 'inbox' && third === undefined) return readInboxAddress(second, searchParams);
  if (first === 'feeds' && third === undefined) return { page: 'feeds', key: decodeURIComponent(second) };
  if (first === 'merges' && second === '') return { page: 'merges' };
  if (first === 'suggestions' && second === '') {
    const kind = searchParams.get('kind') ?? 'ACTOR';
    return kind in DUPLICATE_KINDS ? { page: 'suggestions', kind: kind as DuplicateKind } : undefined;
  }
  if (first === 'new' && second in KIND_PATHS && third === undefined) {
    return { page: 'new', kind: second as KindPath, form: searchParams.get('form') ?? '' };
  }
  if (first === 'd' && second !== '' && third === undefined) return { page: 'development', slug: second };
  if (first === 'd' && second !== '' && third === 'edit') return { page: 'edit', slug: second };
  return undefined;
}

function readInboxAddress(second: string, parameters: URLSearchParams): Address | undefined {
  if (second === 'add') return { page: 'add-article' };
  if (second !== '') {
    return { page: 'article', id: decodeURIComponent(second), key: parameters.get('suggestion') ?? '' };
  }
  const state = parameters.get('state') ?? 'UNREAD';
  const feed = parameters.get('feed') ?? '';
  return state in INBOX_STATES ? { page: 'inbox', state: state as InboxListState, feed } : undefined;
}

/** Writes the address of a page. */
export function formatAddress(address: Address): string {
  switch (address.page) {
    case 'queue':
      return `${BASE}?state=${address.state}${address.isMine ? '&mine' : ''}${afterIn(address)}`;
    case 'public':
      return `${BASE}/published?text=${encodeURIComponent(address.text)}${afterIn(address)}`;
    case 'bulk':
      return `${BASE}/bulk`;
    case 'proposals':
      return `${BASE}/proposals?state=${address.state}${afterIn(address)}`;
    case 'proposal':
      return `${BASE}/proposals/${encodeURIComponent(address.id)}`;
    case 'my-proposals':
      return `${BASE}/my-proposals?${afterIn(address)}`;
    case 'embargoes':
      return `${BASE}/embargoes`;
    case 'inbox':
      return `${BASE}/inbox?state=${address.state}${address.feed ? `&feed=${encodeURIComponent(address.feed)}` : ''}`;
    case 'feeds':
      return `${BASE}/feeds${address.key ? `/${encodeURIComponent(address.key)}` : ''}`;
    case 'add-article':
      return `${BASE}/inbox/add`;
    case 'article': {
      const { id, key } = address;
      return `${BASE}/inbox/${encodeURIComponent(id)}${key ? `?suggestion=${key}` : ''}`;
    }
    case 'merges':
      return `${BASE}/merges`;
    case 'suggestions':
      return `${BASE}/suggestions?kind=${address.kind}`;
    case 'new':
      return `${BASE}/new/${address.kind}${address.form ? `?form=${address.form}` : ''}`;
    case 'edit':
      return `${BASE}/d/${address.slug}/edit`;
    case 'development':
      return `${BASE}/d/${address.slug}`;
  }
}

const afterIn = ({ after }: { readonly after: string | undefined }): string =>
  after === undefined ? '' : `&after=${encodeURIComponent(after)}`;
