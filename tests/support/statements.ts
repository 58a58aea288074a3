import { expect } from 'vitest';
import type { TestServer } from './server.js';
import { test as base } from './shared.js';

export interface Statements {
  /** Sends the query, and returns the tables that its SQL statements read, sorted. */
  of(query: string, variables?: object): Promise<string[]>;
}

/** Tests on a record of 30 developments of each kind, each with two of everything, that records its SQL statements. */
export const test = base.extend<{ record: TestServer; statements: Statements }>({
  record: [
    async ({ server }, use) => {
      const pair = ['one', 'two'];
      for (const slug of pair) {
        await server.data(`mutation {
          a: upsertActor(input: { slug: "${slug}", kind: PERSON, name: "A", names: [{ name: "B" }, { name: "C" }] }) { __typename }
          b: upsertSource(input: { slug: "${slug}", title: "S" }) { __typename }
          c: upsertTopic(input: { slug: "${slug}", name: "T" }) { __typename }
          d: upsertTreaty(input: { slug: "${slug}", name: "T", parties: ["${slug}"], states: [{ state: SIGNED, since: "1987" }] }) { __typename }
          e: upsertWeaponSystem(input: { slug: "${slug}", name: "W", aliases: [{ name: "A", source: "${slug}" }] }) { __typename }
          f: upsertDoctrine(input: { slug: "${slug}", name: "D", actor: "${slug}" }) { __typename }
        }`);
      }
      const common = {
        headline: 'H',
        occurred: '2020',
        publish: true,
        participants: pair.flatMap((actor) => ['SPEAKER', 'APPROVER'].map((role) => ({ actor, role }))),
        ...{ topics: pair, treaties: pair, weaponSystems: pair, doctrines: pair },
        citations: pair.map((source) => ({
          source,
          claims: ['2019', '2020'].map((value) => ({ field: 'OCCURRED', value })),
        })),
      };
      const places = pair.map((name) => ({ name, precision: 'REGION' }));
      const kinds = {
        Event: { ...common, type: 'TEST', places, quantities: pair.map((name) => ({ name })) },
        Statement: { ...common, quotation: 'Q' },
        DoctrineChange: { ...common, doctrine: 'one', changeType: 'ADOPTED', effective: '2020' },
      };
      for (let index = 0; index < 30; index += 1) {
        for (const [kind, input] of Object.entries(kinds)) {
          const slug = `${kind.toLowerCase()}-${index}`;
          await server.data(
            `mutation ($input: Record${kind}Input!) { record${kind}(input: $input) { __typename } }`,
            { input: { ...input, slug } },
          );
          if (index > 0)
            await server.data(
              `mutation { linkDevelopments(input: { slug: "${slug}", to: "event-0", relation: PART_OF }) { __typename } }`,
            );
        }
      }
      await use(server);
    },
    { scope: 'file' },
  ],
  statements: [
    async ({ record }, use) => {
      const seen: string[] = [];
      record.db.onStatement(({ query }) => seen.push(query));
      await use({
        of: async (query, variables) => {
          // Reference data is loaded again, as by a server that has cached none of it.
          await record.db.$executeRaw`UPDATE reference_head SET version = version + 1`;
          seen.length = 0;
          await record.data(query, variables);
          // The tail polls the log, independently of the request.
          return seen
            .map(tableOf)
            .filter((table) => !['feed_entry', 'reference_head'].includes(table))
            .sort();
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
