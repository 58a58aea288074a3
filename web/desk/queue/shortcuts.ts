/** The keys of the queue, as its help lists them. */
export const SHORTCUTS: readonly (readonly [string, string])[] = [
  ['j', 'The next draft'],
  ['k', 'The draft before'],
  ['Enter', 'Open it'],
  ['e', 'Revise it'],
  ['s', 'Submit it for review'],
  ['m', 'Assign it to me'],
  ['a', 'Approve it'],
  ['r', 'Request changes'],
  ['p', 'Publish it'],
  ['v', 'Select it for a bulk change'],
  ['b', 'Change the selected ones at once'],
  ['n', 'A new statement'],
  ['?', 'Show or hide these keys'],
];
