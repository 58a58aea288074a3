import { type Document, isAlias, isCollection, isPair, type Node } from 'yaml';

/** How many values all aliases of a mapping may add. A mapping has some dozens. */
const MAX_ADDED = 10_000;

/**
 * Finds the reason not to put in a document's aliases: they would add too many values, each of which may hold others, or
 * would never end.
 *
 * @returns A sentence, and the alias; undefined if there is no reason.
 */
export function faultOfAliases(
  document: Document,
): { readonly message: string; readonly at: Node } | undefined {
  const anchors = new Map<string, Node>();
  /** The values in a node with all aliases put in, for nodes that are complete. */
  const sizes = new Map<Node, number>();
  let fault: { message: string; at: Node } | undefined;
  let added = 0;

  const sizeOf = (node: unknown): number => {
    if (isPair(node)) return sizeOf(node.key) + sizeOf(node.value);
    if (isAlias(node)) return sizeOfAlias(node, anchors.get(node.source));
    const { anchor } = node as { anchor?: string };
    if (anchor !== undefined) anchors.set(anchor, node as Node);
    const size = isCollection(node) ? node.items.reduce<number>((sum, item) => sum + sizeOf(item), 1) : 1;
    if (anchor !== undefined) sizes.set(node as Node, size);
    return size;
  };
  const sizeOfAlias = (alias: Node, target: Node | undefined): number => {
    const size = target && sizes.get(target);
    if (size === undefined) {
      fault ??= {
        at: alias,
        message: 'Expected an alias of a value that is complete, not of one around it.',
      };
      return 1;
    }
    added += size;
    if (added > MAX_ADDED) {
      fault ??= {
        at: alias,
        message: `Expected aliases that add at most ${MAX_ADDED} values together. Write the values out, or use fewer aliases.`,
      };
    }
    return size;
  };
  if (document.contents) sizeOf(document.contents);
  return fault;
}
