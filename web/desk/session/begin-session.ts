import { type DeskLive, followDesk, notLive } from '../live/desk-live.js';
import { type DeskViewer, VIEWER } from '../queries/viewer.js';
import { connect, type DeskConnection } from './connection.js';

/** An editor at the desk. */
export interface Session extends DeskConnection {
  readonly viewer: DeskViewer;
  readonly live: DeskLive;
}

type Beginning =
  | { readonly session: Session; readonly problem?: undefined }
  | { readonly session?: undefined; readonly problem: string };

/** Asks the server whose token it is, and says why it cannot be used here. */
export async function beginSession(token: string, onRefused: () => void): Promise<Beginning> {
  if (!/^[\x21-\x7e]+$/.test(token)) {
    return { problem: 'A token has only letters, digits and signs, without blanks. Copy it again.' };
  }
  const connection = connect(token, onRefused);
  const { data, error } = await connection.client.query(VIEWER, {}).toPromise();
  const code = error?.graphQLErrors[0]?.extensions['code'];
  if (code === 'UNAUTHENTICATED') {
    return { problem: 'The token is unknown, expired or revoked. Enter another one.' };
  }
  if (error) return { problem: `The server could not check the token: ${error.message}` };
  if (!data?.viewer) return { problem: 'The server did not say whose token it is.' };
  const { viewer } = data;
  const isContributor = viewer.role === 'CONTRIBUTOR';
  if (!viewer.canEdit && !isContributor) {
    return {
      problem: `The token of “${viewer.name}” has the role ${viewer.role}, which may read but not edit. Ask an administrator for a token with the role EDITOR.`,
    };
  }
  return { session: { ...connection, viewer, live: isContributor ? notLive : followDesk(token) } };
}
