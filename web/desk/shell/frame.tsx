import type { ReactNode } from 'react';
import { type Address, QUEUE_ADDRESS } from '../address.js';
import { DeskStatus } from '../live/desk-status.js';
import { useDesk } from '../session/session-context.js';
import { DeskLink } from './navigation.js';

interface FrameProps {
  readonly address: Address | undefined;
  readonly children: ReactNode;
  onSignOut(): void;
}

const PAGES: readonly (readonly [string, Address])[] = [
  ['Queue', QUEUE_ADDRESS],
  ['Inbox', { page: 'inbox', state: 'UNREAD', feed: '' }],
  ['Feeds', { page: 'feeds', key: '' }],
  ['Embargoes', { page: 'embargoes' }],
  ['Proposals', { page: 'proposals', state: 'RECEIVED', after: undefined }],
  ['Published', { page: 'public', text: '', after: undefined }],
  ['Duplicates', { page: 'suggestions', kind: 'ACTOR' }],
  ['Merges', { page: 'merges' }],
  ['New statement', { page: 'new', kind: 'statement', form: '' }],
  ['New event', { page: 'new', kind: 'event', form: '' }],
  ['New doctrine change', { page: 'new', kind: 'doctrine-change', form: '' }],
];

/** The pages of those who may propose and not edit. */
const CONTRIBUTOR_PAGES: typeof PAGES = [['Your proposals', { page: 'my-proposals', after: undefined }]];

/** The parts that all pages of the desk have: the way to the content, the navigation, the editor. */
export function Frame({ address, children, onSignOut }: FrameProps) {
  const { viewer } = useDesk();
  const isCurrent = (to: Address) =>
    to.page === address?.page && (to.page !== 'new' || (address.page === 'new' && address.kind === to.kind));
  return (
    <>
      <a className="skip" href="#content">
        Skip to the content
      </a>
      <header className="masthead">
        <a className="wordmark" href="/">
          Doctrine Wire
        </a>
        <p className="strapline">Desk</p>
        {viewer.canEdit && <DeskStatus />}
        <p className="editor">
          {viewer.name} <span className="small">({viewer.role})</span>
        </p>
        <button type="button" className="quiet" onClick={onSignOut}>
          Sign out
        </button>
        <nav aria-label="Desk">
          {(viewer.canEdit ? PAGES : CONTRIBUTOR_PAGES).map(([name, to]) => (
            <DeskLink key={name} to={to} isCurrent={isCurrent(to)}>
              {name}
            </DeskLink>
          ))}
        </nav>
      </header>
      <main id="content" tabIndex={-1}>
        {children}
      </main>
    </>
  );
}
