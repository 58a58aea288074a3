import { SiteProvider } from '../wire/site.js';
import { type Address, formatAddress } from './address.js';
import { BulkActsPage } from './bulk/bulk-acts-page.js';
import { PublicPage } from './bulk/public-page.js';
import { MergesPage } from './duplicates/merges-page.js';
import { SuggestionsPage } from './duplicates/suggestions-page.js';
import { FeedPage } from './feeds/feed-page.js';
import { FeedsPage } from './feeds/feeds-page.js';
import { EditPage } from './form/edit-page.js';
import { NewPage } from './form/new-page.js';
import { AddArticlePage } from './inbox/add-article-page.js';
import { ArticlePage } from './inbox/article-page.js';
import { InboxPage } from './inbox/inbox-page.js';
import { MyProposalsPage } from './proposals/my-proposals-page.js';
import { ProposalPage } from './proposals/proposal-page.js';
import { ProposalsPage } from './proposals/proposals-page.js';
import { EmbargoPage } from './queue/embargo-page.js';
import { QueuePage } from './queue/queue-page.js';
import { DevelopmentPage } from './review/development-page.js';
import { SessionProvider } from './session/session-context.js';
import { SignIn } from './session/sign-in.js';
import { useSession } from './session/use-session.js';
import { Frame } from './shell/frame.js';
import { useAddress } from './shell/navigation.js';
import { NotFound } from './shell/not-found.js';

/** What the parts of the wire need to know. */
const SITE = {
  hasGraphiQL: false,
  land: '',
  embedOrigin: undefined,
  hasSession: false,
  hasSessions: false,
  language: 'en',
};

/** The whole desk: the form for the token, or the page at the address. */
export function Desk() {
  const { session, problem, isBusy, signIn, signOut } = useSession();
  const address = useAddress();
  if (!session) return <SignIn problem={problem} isBusy={isBusy} onSubmit={signIn} />;
  return (
    <SiteProvider value={SITE}>
      <SessionProvider value={session}>
        <Frame address={address} onSignOut={signOut}>
          <Page address={session.viewer.canEdit ? address : ownPage(address)} />
        </Frame>
      </SessionProvider>
    </SiteProvider>
  );
}

/** Those who may not edit see what became of their proposals, and nothing else. */
const ownPage = (address: Address | undefined): Address =>
  address?.page === 'my-proposals' ? address : { page: 'my-proposals', after: undefined };

function Page({ address }: { readonly address: Address | undefined }) {
  switch (address?.page) {
    case 'queue':
      return <QueuePage key={formatAddress(address)} {...address} />;
    case 'public':
      return <PublicPage key={formatAddress(address)} {...address} />;
    case 'bulk':
      return <BulkActsPage />;
    case 'proposals':
      return <ProposalsPage key={formatAddress(address)} {...address} />;
    case 'proposal':
      return <ProposalPage key={address.id} id={address.id} />;
    case 'my-proposals':
      return <MyProposalsPage key={formatAddress(address)} after={address.after} />;
    case 'embargoes':
      return <EmbargoPage />;
    case 'inbox':
      return <InboxPage key={formatAddress(address)} {...address} />;
    case 'feeds':
      return address.key === '' ? <FeedsPage /> : <FeedPage key={address.key} feed={address.key} />;
    case 'add-article':
      return <AddArticlePage />;
    case 'article':
      return <ArticlePage key={address.id} id={address.id} suggestion={address.key} />;
    case 'merges':
      return <MergesPage />;
    case 'suggestions':
      return <SuggestionsPage key={address.kind} kind={address.kind} />;
    case 'new':
      return <NewPage key={address.kind} kind={address.kind} form={address.form} />;
    case 'edit':
      return <EditPage key={address.slug} slug={address.slug} />;
    case 'development':
      return <DevelopmentPage key={address.slug} slug={address.slug} />;
    default:
      return <NotFound />;
  }
}
