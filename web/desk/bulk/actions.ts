import type { BulkAction } from '../queries/bulk.js';
import type { FoundReference } from '../references/kinds.js';

/** The actions on drafts, then those on everything, then those on published developments. */
export const ACTIONS = {
  approve: 'Approve',
  assign: 'Assign',
  publish: 'Publish',
  addTopics: 'Add topics',
  removeTopics: 'Remove topics',
  changeSource: 'Replace a source',
  regrade: 'Grade again',
  retract: 'Withdraw for good',
} as const;

export type ActionName = keyof typeof ACTIONS;

/** The actions that make sense in a list. */
export const DRAFT_ACTIONS: readonly ActionName[] = [
  ...(['approve', 'assign', 'publish', 'addTopics', 'removeTopics', 'changeSource', 'regrade'] as const),
];
export const PUBLIC_ACTIONS: readonly ActionName[] = [
  ...(['addTopics', 'removeTopics', 'changeSource', 'regrade', 'retract'] as const),
];

/** What an editor has entered in the form of an action. */
export interface ActionValues {
  readonly assignee: string;
  readonly topics: readonly FoundReference[];
  readonly source: readonly FoundReference[];
  readonly newSource: readonly FoundReference[];
  readonly credibility: string;
}

export const NO_VALUES: ActionValues = {
  ...{ assignee: '', topics: [], source: [], newSource: [], credibility: '' },
};

/** Returns the action as the server takes it; undefined if something is missing. */
export function actionOf(name: ActionName, values: ActionValues): BulkAction | undefined {
  const { assignee, topics, source, newSource, credibility } = values;
  const slugs = topics.map(({ slug }) => slug);
  const [from, to] = [source[0]?.slug, newSource[0]?.slug];
  switch (name) {
    case 'assign':
      return { assign: { assignee: assignee.trim() || null } };
    case 'addTopics':
    case 'removeTopics':
      return slugs.length === 0 ? undefined : ({ [name]: slugs } as unknown as BulkAction);
    case 'changeSource':
      return from && to ? { changeSource: { from, to } } : undefined;
    case 'regrade':
      return {
        regrade: { source: from ?? null, credibility: credibility === '' ? null : Number(credibility) },
      };
    default:
      return { [name]: true } as unknown as BulkAction;
  }
}

/** Says what an action did, for the list of bulk changes. */
export function describeAction(action: unknown): string {
  const [[name, value] = ['', null]] = Object.entries(action as Record<string, unknown>);
  if (name === 'acceptProposals') return 'Accept proposals';
  const words = ACTIONS[name as ActionName] ?? name;
  if (Array.isArray(value)) return `${words}: ${value.join(', ')}`;
  if (value === null || typeof value !== 'object') return words;
  const details = Object.entries(value).filter(([, detail]) => detail !== null && detail !== undefined);
  if (details.length === 0) return name === 'assign' ? `${words}: nobody` : words;
  return `${words}: ${details.map(([key, detail]) => `${key} ${detail}`).join(', ')}`;
}
