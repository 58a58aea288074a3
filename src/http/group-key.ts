import { createHash } from 'node:crypto';
import { type DocumentNode, type ExecutionArgs, Kind, visit } from 'graphql';

/**
 * Says what a subscription asks for: the document, the operation, the variables and what of the record
 * the viewer sees. Subscriptions with the same key are sent the same.
 *
 * The variable that holds the place to begin at is left out, where it serves for nothing else.
 */
export function groupKey({ document, operationName, variableValues }: ExecutionArgs, view: string): string {
  const place = placeVariable(document);
  const variables = Object.entries(variableValues ?? {})
    .filter(([name]) => name !== place)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  const text = document.loc?.source.body ?? JSON.stringify(document);
  return createHash('sha256')
    .update(JSON.stringify([view, text, operationName ?? null, variables]))
    .digest('base64');
}

/** By document, because those that come often are parsed once. */
const known = new WeakMap<DocumentNode, string | undefined>();

/** The variable that is given as `after` to `feed` and is used nowhere else. */
function placeVariable(document: DocumentNode): string | undefined {
  if (known.has(document)) return known.get(document);
  const uses: string[] = [];
  let place: string | undefined;
  visit(document, {
    VariableDefinition: () => false, // A definition is no use.
    Variable: ({ name }) => {
      uses.push(name.value);
    },
    Field: ({ name, arguments: args = [] }) => {
      const after = args.find((argument) => argument.name.value === 'after')?.value;
      if (name.value === 'feed' && after?.kind === Kind.VARIABLE) place = after.name.value;
    },
  });
  const found = uses.filter((name) => name === place).length === 1 ? place : undefined;
  known.set(document, found);
  return found;
}
