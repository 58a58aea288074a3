import { stringifyDocument } from '@urql/core';
import type { DocumentNode } from 'graphql';

/** Returns the text of a document, for GraphiQL. */
export const printDocument = (document: DocumentNode): string => stringifyDocument(document);
