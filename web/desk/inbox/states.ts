/** The states of articles, as the inbox lists them. */
export const INBOX_STATES = {
  UNREAD: 'Unread',
  SNOOZED: 'Put off',
  DRAFTED: 'Used',
  DISMISSED: 'Dismissed',
} as const;

export type InboxListState = keyof typeof INBOX_STATES;

/** The keys of the list, as its help shows them. */
export const LIST_KEYS: readonly (readonly [string, string])[] = [
  ['j', 'The next article'],
  ['k', 'The article before'],
  ['Enter', 'Open it'],
  ['x', 'Select it'],
  ['d', 'Dismiss the selected articles, or this one'],
  ['z', 'Put them off until tomorrow'],
  ['u', 'Make them unread again'],
  ['n', 'Add an article'],
  ['?', 'Show or hide these keys'],
];

/** The keys of an article, as its help shows them. */
export const ARTICLE_KEYS: readonly (readonly [string, string])[] = [
  ['n', 'The next suggestion'],
  ['p', 'The suggestion before'],
  ['a', 'Accept it as a draft'],
  ['P', 'Accept and publish it'],
  ['e', 'Edit it first'],
  ['m', 'Add it to the development that it looks like'],
  ['d', 'Dismiss it'],
  ['i', 'Back to the inbox'],
  ['?', 'Show or hide these keys'],
];
