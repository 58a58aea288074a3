import { createHash } from 'node:crypto';
import { type DocumentNode, type ExecutionArgs, Kind, visit } from 'graphql';

/**
 * Returns the key of the group that a subscription belongs to: subscriptions with the same key are sent the same
 * bytes. It has the document, the operation, the variables, and what the viewer sees of the record.
 *
 * It leaves out the variable with the cursor to start from, if that is used for nothing else.
 */
export function groupKey({ document, operationName, variableValues }: ExecutionArgs, view: string): string {
  const cursor = cursorVariable(document);
  const variables = Object.entries(variableValues ?? {})
    .filter(([name]) => name !== cursor)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  const text = document.loc?.source.body ?? JSON.stringify(document);
  return createHash('sha256')
    .update(JSON.stringify([view, text, operationName ?? null, variables]))
    .digest('base64');
}

/** Returns the variable that is the `after` of `feed` and is used nowhere else. */
function cursorVariable(document: DocumentNode): string | undefined {
  const uses: string[] = [];
  let cursor: string | undefined;
  visit(document, {
    VariableDefinition: () => false, // A definition is not a use.
    Variable: ({ name }) => {
      uses.push(name.value);
    },
    Field: ({ name, arguments: args = [] }) => {
      const after = args.find((argument) => argument.name.value === 'after')?.value;
      if (name.value === 'feed' && after?.kind === Kind.VARIABLE) cursor = after.name.value;
    },
  });
  return uses.filter((name) => name === cursor).length === 1 ? cursor : undefined;
}
