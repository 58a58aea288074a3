import type { ResultOf } from 'gql.tada';
import { graphql } from '../../wire/graphql.js';

export const VIEWER = graphql(`
  query DeskViewer {
    viewer { name role canEdit canAdmin expiresAt maxArticleBytes }
  }
`);

export type DeskViewer = NonNullable<ResultOf<typeof VIEWER>['viewer']>;
