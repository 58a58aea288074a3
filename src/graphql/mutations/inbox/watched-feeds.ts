import type { Database } from '../../../database/open.js';
import {
  type ImportedFeeds,
  importOpml,
  readWatchedFeeds,
  unwatchFeed,
  updateWatchedFeed,
  watchFeed,
} from '../../../intake/watch/feeds.js';
import { builder } from '../../builder.js';
import { ERRORS } from '../../errors/groups.js';
import { type InputFields, writeFields } from '../../inputs/development.js';
import { WatchedFeedRef } from '../../types/inbox/watched-feed.js';
import { argsOf, mutationOptions, successOf, writerOf } from '../define-mutation.js';
import { withInputPath } from '../input-path.js';

const EMPTY = 'An empty text removes it.';

const ruleFields = (t: InputFields) => ({
  title: t.string({ description: `A title, at most 300 characters. By default that of the feed. ${EMPTY}` }),
  include: t.string({
    description: `A search text, as in \`DevelopmentFilter.text\`: only items that match it go to the inbox. It reads the title and the text. ${EMPTY}`,
  }),
  exclude: t.string({ description: `A search text: items that match it do not go to the inbox. ${EMPTY}` }),
  topics: t.stringList({ description: 'The slugs of topics for drafts of its items. At most 20.' }),
  language: t.string({
    description: `The language of its items as a BCP 47 tag, e.g. \`ru\`. By default the one that each states or shows. ${EMPTY}`,
  }),
  source: t.string({
    description: `The slug of the source that its items come from. Sources that are made for them have its publisher and reliability. ${EMPTY}`,
  }),
  interval: t.int({ description: 'The minutes between two requests, 5 to 10,080. 30 by default.' }),
  ...writeFields(t),
});

const FEED = 'The `key` of the watched feed.';

interface Watched {
  readonly id: string;
}

async function findFeed(db: Database, id: string) {
  const [feed] = await readWatchedFeeds(db, [id]);
  if (!feed) throw new Error(`The watched feed ${id} was written and cannot be read.`);
  return feed;
}

const successWithFeed = (mutation: string, description: string) =>
  builder.objectRef<Watched>(successOf(mutation)).implement({
    description,
    fields: (t) => ({
      feed: t.field({
        type: WatchedFeedRef,
        description: 'The watched feed after the change.',
        resolve: ({ id }, _args, { db }) => findFeed(db, id),
      }),
    }),
  });

const WatchedRef = successWithFeed('watchFeed', 'The feed is watched.');
const UpdatedRef = successWithFeed('updateWatchedFeed', 'The watched feed is changed.');

builder.mutationField('watchFeed', (t) =>
  t.field({
    ...mutationOptions('watchFeed', {
      description: 'Watches a feed from outside: its items go to the inbox. Nothing is published.',
      errors: ERRORS.naming,
    }),
    type: WatchedRef,
    args: argsOf(t, {
      input: builder.inputType('WatchFeedInput', {
        description: 'A feed to watch.',
        fields: (fields) => ({
          url: fields.string({
            required: true,
            description:
              'The address of RSS 2.0, RSS 1.0, Atom or JSON Feed, without a user name and password.',
          }),
          ...ruleFields(fields),
        }),
      }),
      argument: 'The feed to watch.',
    }),
    resolve: async (_root, { input }, context) => ({
      id: await watchFeed(writerOf(context), input).catch((error: unknown) => {
        throw withInputPath(error, input);
      }),
    }),
  }),
);

builder.mutationField('updateWatchedFeed', (t) =>
  t.field({
    ...mutationOptions('updateWatchedFeed', {
      description:
        'Changes the address or the rules of a watched feed, or pauses it. It is fetched again at once, and the new rules hold for all items that it still has.',
      errors: ERRORS.naming,
    }),
    type: UpdatedRef,
    args: argsOf(t, {
      input: builder.inputType('UpdateWatchedFeedInput', {
        description: 'A change of a watched feed. Omitted fields keep their values.',
        fields: (fields) => ({
          feed: fields.id({ required: true, description: FEED }),
          url: fields.string({ description: 'The new address.' }),
          paused: fields.boolean({ description: 'Whether to pause it: the server then does not fetch it.' }),
          ...ruleFields(fields),
        }),
      }),
      argument: 'The change.',
    }),
    resolve: async (_root, { input }, context) => ({
      id: await updateWatchedFeed(writerOf(context), input).catch((error: unknown) => {
        throw withInputPath(error, input);
      }),
    }),
  }),
);

const UnwatchedRef = builder.objectRef<{ readonly url: string }>(successOf('unwatchFeed')).implement({
  description: 'The feed is watched no longer.',
  fields: (t) => ({ url: t.exposeString('url', { description: 'The address that was watched.' }) }),
});

builder.mutationField('unwatchFeed', (t) =>
  t.field({
    ...mutationOptions('unwatchFeed', {
      description: 'Ends the watching of a feed. Its items stay in the inbox.',
      errors: ERRORS.plain,
    }),
    type: UnwatchedRef,
    args: argsOf(t, {
      input: builder.inputType('UnwatchFeedInput', {
        description: 'A feed to watch no longer.',
        fields: (fields) => ({
          feed: fields.id({ required: true, description: FEED }),
          ...writeFields(fields),
        }),
      }),
      argument: 'The feed.',
    }),
    resolve: async (_root, { input }, context) => ({ url: await unwatchFeed(writerOf(context), input) }),
  }),
);

const ImportedRef = builder.objectRef<ImportedFeeds>(successOf('importOpml')).implement({
  description: 'The feeds of the file are watched.',
  fields: (t) => ({
    added: t.field({
      type: [WatchedFeedRef],
      description: 'The feeds that are watched now, in the order of the file.',
      resolve: ({ added }, _args, { db }) => readWatchedFeeds(db, added),
    }),
    alreadyWatched: t.exposeStringList('alreadyWatched', {
      description: 'The addresses that were watched before, or that the file has twice.',
    }),
    refused: t.exposeStringList('refused', {
      description: 'The addresses that are no http or https addresses, or have a user name.',
    }),
  }),
});

builder.mutationField('importOpml', (t) =>
  t.field({
    ...mutationOptions('importOpml', {
      description: 'Watches the feeds of an OPML file, in folders too, with the default rules.',
      errors: ERRORS.plain,
    }),
    type: ImportedRef,
    args: argsOf(t, {
      input: builder.inputType('ImportOpmlInput', {
        description: 'An OPML file to import.',
        fields: (fields) => ({
          opml: fields.string({
            required: true,
            description: 'The file as feed readers export it. At most 1,000,000 characters.',
          }),
          ...writeFields(fields),
        }),
      }),
      argument: 'The file.',
    }),
    resolve: (_root, { input }, context) => importOpml(writerOf(context), input),
  }),
);
