import { GraphQLError } from 'graphql';
import type { Viewer } from '../domain/access.js';

/** Why a viewer may not write, and what to do about it. */
export function refuseAccess({ name }: Viewer): GraphQLError {
  if (name === null) {
    return new GraphQLError(
      'Writing needs a token with role EDITOR or ADMIN: send "Authorization: Bearer …", over WebSocket as ' +
        '"authorization" in connectionParams. Make one with doctrine-wire token create --role EDITOR --name ….',
      { extensions: { code: 'UNAUTHENTICATED' } },
    );
  }
  return new GraphQLError(`The token "${name}" may only read; writing needs role EDITOR or ADMIN.`, {
    extensions: { code: 'FORBIDDEN' },
  });
}
