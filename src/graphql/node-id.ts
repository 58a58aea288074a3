import { BadArgumentError } from '../domain/errors.js';
import { shown } from '../domain/input.js';

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** @throws {BadArgumentError} When the part of a node's id after its type is not one of ours. */
export function parseNodeId(id: string): string {
  if (UUID.test(id)) return id;
  throw new BadArgumentError(`Expected an id that this API gave out; got one that holds ${shown(id)}.`);
}
