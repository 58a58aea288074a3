import { expect } from 'vitest';
import { linkDevelopments } from '../../src/domain/development/write/links.js';
import { recordDevelopment } from '../../src/domain/development/write/record.js';
import type { TestServer } from './server.js';
import { test as base } from './shared.js';

export interface Statements {
  /** Sends the query, and returns the tables that its SQL statements read, sorted. */
  of(query: string, variables?: object): Promise<string[]>;
  /** The same, from a server that has cached what the query before has read. */
  again(query: string, variables?: object): Promise<string[]>;
}

const PAIR = ['one', 'two'];
const PUBLISHED = { publish: true };
const ROLES = ['SPEAKER', 'APPROVER'] as const;

const COMMON = {
  headline: 'H',
  occurred: '2020',
  participants: PAIR.flatMap((actor) => ROLES.map((role) => ({ actor, role }))),
  ...{ topics: PAIR, treaties: PAIR, weaponSystems: PAIR, doctrines: PAIR },
  citations: PAIR.map((source) => ({
    source,
    claims: ['2019', '2020'].map((value) => ({ field: 'OCCURRED' as const, value })),
  })),
};
const EVENT = {
  ...COMMON,
  type: 'TEST' as const,
  places: PAIR.map((name) => ({ name, precision: 'REGION' as const })),
  quantities: PAIR.map((name) => ({ name })),
};
const CHANGE = { ...COMMON, doctrine: 'one', changeType: 'ADOPTED' as const, effective: '2020' };

/** Tests on a record of 30 developments of each kind, each with two of everything, that records its SQL statements. */
export const test = base.extend<{ record: TestServer; statements: Statements }>({
  record: [
    async ({ server }, use) => {
      for (const slug of PAIR) {
        await server.data(`mutation {
          a: upsertActor(input: { slug: "${slug}", kind: PERSON, name: "A", names: [{ name: "B" }, { name: "C" }] }) { __typename }
          b: upsertSource(input: { slug: "${slug}", title: "S" }) { __typename }
          c: upsertTopic(input: { slug: "${slug}", name: "T" }) { __typename }
          d: upsertTreaty(input: { slug: "${slug}", name: "T", parties: ["${slug}"], states: [{ state: SIGNED, since: "1987" }] }) { __typename }
          e: upsertWeaponSystem(input: { slug: "${slug}", name: "W", aliases: [{ name: "A", source: "${slug}" }] }) { __typename }
          f: upsertDoctrine(input: { slug: "${slug}", name: "D", actor: "${slug}" }) { __typename }
        }`);
      }
      // Not over GraphQL, which would take twice as long.
      const writer = { db: server.db, editor: 'editor', wake: () => {} };
      for (let index = 0; index < 30; index += 1) {
        const slugs = [`event-${index}`, `statement-${index}`, `change-${index}`] as const;
        const [event, statement, change] = slugs;
        await recordDevelopment(writer, 'EVENT', { ...EVENT, slug: event }, PUBLISHED);
        await recordDevelopment(
          writer,
          'STATEMENT',
          { ...COMMON, quotation: 'Q', slug: statement },
          PUBLISHED,
        );
        await recordDevelopment(writer, 'DOCTRINE_CHANGE', { ...CHANGE, slug: change }, PUBLISHED);
        if (index === 0) continue;
        for (const slug of slugs)
          await linkDevelopments(writer, slug, { to: 'event-0', relation: 'PART_OF' });
      }
      await server.tail.refresh();
      await use(server);
    },
    { scope: 'file' },
  ],
  statements: [
    async ({ record }, use) => {
      const seen: string[] = [];
      record.db.onStatement(({ query }) => seen.push(query));
      const again: Statements['again'] = async (query, variables) => {
        seen.length = 0;
        await record.data(query, variables);
        // The tail polls the log and the embargo the queue, independently of the request.
        return seen
          .filter((query) => !query.includes('clock_timestamp() AS now'))
          .map(tableOf)
          .filter((table) => !['feed_entry', 'reference_head'].includes(table))
          .sort();
      };
      await use({
        again,
        of: async (query, variables) => {
          // Reference data is loaded again, as by a server that has cached none of it. The tail must not notice during a query.
          await record.db.$executeRaw`UPDATE reference_head SET version = version + 1`;
          await record.tail.refresh();
          return again(query, variables);
        },
      });
    },
    { scope: 'file' },
  ],
});

function tableOf(sql: string): string {
  if (/^(BEGIN|COMMIT)/.test(sql)) return sql;
  return /FROM (?!unnest)(?:"public"\.)?"?(\w+)/.exec(sql)?.[1] ?? sql;
}

/**
 * Expects statements from exactly these tables, at most as many as given for each. There can be fewer, because
 * levels of a query that load from a table at the same time share a statement.
 */
export function expectAtMost(most: Readonly<Record<string, number>>, tables: string[]): void {
  const seen: Record<string, number> = {};
  for (const table of tables) seen[table] = (seen[table] ?? 0) + 1;
  expect(Object.keys(seen)).toEqual(Object.keys(most).sort());
  for (const [table, times] of Object.entries(seen))
    expect(times, `statements from ${table}`).toBeLessThanOrEqual(most[table] ?? 0);
}
