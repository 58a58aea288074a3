export type { BackOff } from './back-off.js';
export type { TypedDocument } from './document.js';
export {
  ConnectionLostError,
  FeedError,
  FeedItemError,
  FeedOptionsError,
  FeedRefusedError,
  FeedStoreError,
  FeedUnauthorizedError,
  FeedUnreachableError,
} from './errors.js';
export { type Feed, followFeed } from './follow-feed.js';
export type { DevelopmentFilter } from './generated/filter.js';
export type {
  DefaultDevelopment,
  DevelopmentErased,
  DevelopmentPublished,
  DevelopmentRetracted,
  DevelopmentRevised,
  FeedCaughtUp,
  FeedChange,
  FeedGraphQLError,
  FeedItem,
  FeedReset,
  ReferenceChanged,
  ReferenceErased,
  ReferenceName,
} from './items.js';
export type { FeedStore, FollowOptions, TypedFollowOptions } from './options.js';
export type { WebSocketClass } from './over-websocket.js';
export type { FeedStatus, Transport } from './status.js';
