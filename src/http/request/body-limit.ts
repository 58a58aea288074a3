import type { IncomingMessage } from 'node:http';
import { canEdit, type Viewer } from '../../domain/access.js';
import type { Limits } from '../limits/limits.js';
import type { BodyLimit } from './body.js';

/** Whether a body is longer than `MAX_BODY_BYTES` and may come from an editor, who must be known before it is read. */
export function isUpload({ headers }: IncomingMessage, { bodyBytes }: Limits): boolean {
  return headers.authorization !== undefined && Number(headers['content-length']) > bodyBytes;
}

/**
 * Returns how long the body of a request may be.
 *
 * @param viewer Undefined if the sender is not known yet.
 */
export function bodyLimitOf(limits: Limits, viewer: Viewer | undefined): BodyLimit {
  const { bodyBytes, uploadBytes } = limits;
  return viewer && canEdit(viewer) && uploadBytes > bodyBytes
    ? { name: 'uploadBytes', bytes: uploadBytes }
    : { name: 'bodyBytes', bytes: bodyBytes };
}
