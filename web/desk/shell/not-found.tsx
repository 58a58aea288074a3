import { QUEUE_ADDRESS } from '../address.js';
import { DeskLink } from './navigation.js';
import { PageTitle } from './page-title.js';

export function NotFound() {
  return (
    <>
      <PageTitle>There is no page at this address</PageTitle>
      <p>
        <DeskLink to={QUEUE_ADDRESS}>Go to the queue</DeskLink>
      </p>
    </>
  );
}
