import type { DevelopmentContent } from '../development/content/content.js';
import { WrongStatusError } from '../development/errors.js';
import { refuseRetracted } from '../development/write/change.js';
import type { Change } from '../development/write/commit.js';
import type { DevelopmentState } from '../development/write/rows.js';
import { InvalidInputError } from '../errors.js';
import type { References } from '../references/lookup.js';
import type { BulkAction } from './input.js';
import type { ReviewAction } from './plan-review.js';

export type ChangeOf = (before: DevelopmentState) => Partial<Change>;

/** Returns the slugs that an action names, by the types of their objects. */
export function slugsInAction(action: BulkAction) {
  if ('addTopics' in action) return { Topic: action.addTopics };
  if ('removeTopics' in action) return { Topic: action.removeTopics };
  if ('changeSource' in action) return { Source: Object.values(action.changeSource) };
  if ('regrade' in action) return { Source: action.regrade.source == null ? [] : [action.regrade.source] };
  return {};
}

const MAX_TOPICS = 100;

/** Returns the function that makes the change of a development, or throws why it cannot. */
export function createActionChange(action: Exclude<BulkAction, ReviewAction>, refs: References): ChangeOf {
  if ('publish' in action) {
    return ({ status, content: { slug } }) => {
      if (status !== 'DRAFT') throw new WrongStatusError(slug, status, 'DRAFT');
      return { status: 'PUBLISHED' };
    };
  }
  if ('retract' in action) {
    return ({ status, content: { slug } }) => {
      if (status !== 'PUBLISHED') throw new WrongStatusError(slug, status, 'PUBLISHED');
      return { status: 'RETRACTED' };
    };
  }
  const contentOf = createContent(action, refs);
  return (before) => {
    refuseRetracted(before);
    return { content: contentOf(before.content) };
  };
}

type ContentAction = Exclude<
  BulkAction,
  ReviewAction | { readonly publish: true } | { readonly retract: true }
>;

function createContent(
  action: ContentAction,
  refs: References,
): (content: DevelopmentContent) => DevelopmentContent {
  if ('addTopics' in action) {
    const added = action.addTopics.map((slug) => refs.id('Topic', slug));
    return (content) => {
      const topicIds = [...new Set([...content.topicIds, ...added])];
      if (topicIds.length <= MAX_TOPICS) return { ...content, topicIds };
      const message = `Expected at most ${MAX_TOPICS} topics; this development would have ${topicIds.length}.`;
      throw InvalidInputError.at('action.addTopics', message);
    };
  }
  if ('removeTopics' in action) {
    const removed = new Set(action.removeTopics.map((slug) => refs.id('Topic', slug)));
    return (content) => ({ ...content, topicIds: content.topicIds.filter((id) => !removed.has(id)) });
  }
  if ('changeSource' in action) {
    const [from, to] = [
      refs.id('Source', action.changeSource.from),
      refs.id('Source', action.changeSource.to),
    ];
    return (content) => ({
      ...content,
      citations: content.citations.map((it) => (it.sourceId === from ? { ...it, sourceId: to } : it)),
    });
  }
  const { source, credibility } = action.regrade;
  const only = source == null ? undefined : refs.id('Source', source);
  return (content) =>
    credibility == null
      ? content
      : {
          ...content,
          citations: content.citations.map((it) =>
            only === undefined || it.sourceId === only ? { ...it, credibility } : it,
          ),
        };
}
