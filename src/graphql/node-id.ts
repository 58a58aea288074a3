import { decodeGlobalID } from '@pothos/plugin-relay';
import type { At } from '../domain/development/read/view.js';
import { BadArgumentError } from '../domain/errors.js';
import { shown } from '../domain/input.js';
import { positionOf } from '../domain/references/history/row.js';
import type { Context } from './context.js';

/** The contents of a global id: the type, the key, and for a state of the past its position. */
export interface NodeId {
  readonly typename: string;
  readonly id: string;
  /** The position at which the object is viewed. Undefined: the present. */
  readonly at: At;
}

/** A UUID, and for a state of the past a position as {@link keyAt} writes it, so that each state has one id. */
const KEY = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:@(0|[1-9]\d{0,18}))?$/i;
/** The greatest position that the database can hold. */
const MAX_POSITION = 2n ** 63n - 1n;

/** Returns whether a position is the present of a context. */
export const isPresent = ({ present }: Pick<Context, 'present'>, at: At): boolean =>
  at === undefined || at === present;

/** Returns the past position from which a reference is shown; undefined if that is the present of the context. */
export function pastPosition(context: Pick<Context, 'present'>, row: object): At {
  const at = positionOf(row);
  return isPresent(context, at) ? undefined : at;
}

/**
 * Returns the part of a development's or reference's global id after its type.
 *
 * A state of the past includes the position that it is viewed from, and not that of its revision: the links of a
 * development, and the developments they lead to, change without a revision of its own. Equal ids mean equal objects.
 */
export const keyAt = (context: Pick<Context, 'present'>, { id, at }: Pick<NodeId, 'id' | 'at'>): string =>
  isPresent(context, at) ? id : `${id}@${at}`;

/**
 * Checks the part of a global id after its type.
 *
 * @throws {BadArgumentError} If it is not a UUID, with a position or without one.
 */
export function parseKey(key: string): Pick<NodeId, 'id' | 'at'> {
  const [, id, position] = KEY.exec(key) ?? [];
  const at = position === undefined ? undefined : BigInt(position);
  if (id !== undefined && (at === undefined || at <= MAX_POSITION)) return { id: id.toLowerCase(), at };
  throw new BadArgumentError(
    'id',
    `Expected an id returned by this API; got one that contains ${shown(key)}.`,
  );
}

/**
 * Decodes a global id.
 *
 * @throws {BadArgumentError} If it is malformed. The type may be unknown.
 */
export function parseNodeId(text: string): NodeId {
  const decoded = tryDecode(text);
  if (!decoded) throw new BadArgumentError('id', `Expected an id returned by this API; got ${shown(text)}.`);
  return { typename: decoded.typename, ...parseKey(decoded.id) };
}

function tryDecode(text: string): { typename: string; id: string } | undefined {
  try {
    return decodeGlobalID(text);
  } catch {
    return undefined;
  }
}
