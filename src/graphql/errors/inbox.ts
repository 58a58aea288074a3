import { findViews } from '../../domain/development/read/view.js';
import {
  SuggestionUsedError,
  UnknownInboxItemError,
  UnknownSuggestionError,
} from '../../intake/inbox/errors.js';
import { builder } from '../builder.js';
import { ErrorInterface } from './error.js';

builder.objectType(UnknownInboxItemError, {
  name: 'UnknownInboxItemError',
  description: 'No article of the inbox has the id.',
  interfaces: [ErrorInterface],
});

builder.objectType(UnknownSuggestionError, {
  name: 'UnknownSuggestionError',
  description: 'The text of the article gives no suggestion with the key. It has changed, or was deleted.',
  interfaces: [ErrorInterface],
});

builder.objectType(SuggestionUsedError, {
  name: 'SuggestionUsedError',
  description: 'An editor has used or dismissed the suggestion.',
  interfaces: [ErrorInterface],
  fields: (t) => ({
    development: t.field({
      type: 'Development',
      nullable: true,
      description: 'The development that it became or was added to. Null if it was dismissed.',
      resolve: async ({ developmentId }, _args, { db, viewer }) => {
        if (developmentId === null) return null;
        const [view] = await findViews(db, viewer, undefined, [developmentId]);
        return view ?? null;
      },
    }),
  }),
});
