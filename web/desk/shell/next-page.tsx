import type { Address } from '../address.js';
import { DeskLink } from './navigation.js';

interface NextPageProps {
  readonly info: { readonly hasNextPage: boolean; readonly endCursor: string | null } | undefined;
  /** Returns the address of the page after a cursor. */
  to(cursor: string): Address;
}

/** A link to the next page of a list. Its address has the cursor, so "back" leads to the page before. */
export function NextPage({ info, to }: NextPageProps) {
  if (!info?.hasNextPage || info.endCursor === null) return null;
  return (
    <p>
      <DeskLink to={to(info.endCursor)}>Next page</DeskLink>
    </p>
  );
}
