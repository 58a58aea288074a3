// graphql-yoga with createPubSub and graphql-ws, as in Yoga's documentation.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ExecutionArgs } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { createPubSub, createSchema, createYoga } from 'graphql-yoga';
import { WebSocketServer } from 'ws';
import { answerCalls } from '../../process.js';
import { makeChanges } from '../changes.js';
import { type Item, itemOf, typeDefs } from './peer-schema.js';
import { type Publication, publishEach } from './publish.js';

const pubSub = createPubSub<{ feed: [Item] }>();
let subscribers = 0;

const yoga = createYoga({
  schema: createSchema({
    typeDefs,
    resolvers: {
      Subscription: {
        feed: {
          subscribe: () => {
            subscribers += 1;
            return pubSub.subscribe('feed');
          },
          resolve: (item: Item) => item,
        },
      },
    },
  }),
  logging: false,
});

const http = createServer(yoga);
const sockets = new WebSocketServer({ server: http, path: yoga.graphqlEndpoint });

type Root = Pick<ReturnType<typeof yoga.getEnveloped>, 'execute' | 'subscribe'>;

useServer(
  {
    execute: (args) => (args.rootValue as Root).execute(args),
    subscribe: (args) => (args.rootValue as Root).subscribe(args),
    onSubscribe: async (ctx, _id, params) => {
      const { schema, execute, subscribe, contextFactory, parse, validate } = yoga.getEnveloped({
        ...ctx,
        req: ctx.extra.request,
        socket: ctx.extra.socket,
        params,
      });
      const args: ExecutionArgs = {
        schema,
        operationName: params.operationName ?? null,
        document: parse(params.query),
        variableValues: params.variables ?? null,
        contextValue: await contextFactory(),
        rootValue: { execute, subscribe },
      };
      const errors = validate(args.schema, args.document);
      return errors.length > 0 ? errors : args;
    },
  },
  sockets,
);

answerCalls({
  url: () => `http://127.0.0.1:${(http.address() as AddressInfo).port}/graphql`,
  subscribers: () => subscribers,
  forget: () => {
    subscribers = 0;
  },
  publish: (publication: Publication) => {
    const items = makeChanges(publication.name, publication.count).map(itemOf);
    return publishEach(publication, (index) => pubSub.publish('feed', items[index] as Item));
  },
});

http.listen(0, '127.0.0.1', () => process.stdout.write('listening\n'));
process.once('SIGTERM', () => process.exit(0));
