import type { ObjectRef } from '@pothos/core';
import type { Database } from '../../database/open.js';
import { BadArgumentError } from '../../domain/errors.js';
import { builder } from '../builder.js';
import { priced, READ_COST } from '../cost.js';
import { DEFAULT_PAGE, MAX_PAGE } from '../page.js';

interface LatestActs<Row> {
  readonly type: ObjectRef<typeof builder.$inferSchemaTypes, Row>;
  readonly description: string;
  /** Reads the newest acts, newest first. */
  read(db: Database, first: number): Promise<Row[]>;
}

/** Adds a query for the latest acts of editors that change many entries at once. */
export function addLatestActs<Row>(name: string, { type, description, read }: LatestActs<Row>): void {
  builder.queryField(name, (t) =>
    t.field({
      ...priced(({ first }: { readonly first: number }) => ({
        points: READ_COST,
        times: Math.max(first, 1),
      })),
      type: [type],
      nullable: true,
      authScopes: { editor: true },
      description,
      args: {
        first: t.arg.int({
          required: true,
          defaultValue: DEFAULT_PAGE,
          description: `How many, 0 to ${MAX_PAGE}.`,
        }),
      },
      resolve: (_root, { first }, { db }) => {
        if (first >= 0 && first <= MAX_PAGE) return read(db, first);
        throw new BadArgumentError('first', `Expected first from 0 to ${MAX_PAGE}; got ${first}.`);
      },
    }),
  );
}
