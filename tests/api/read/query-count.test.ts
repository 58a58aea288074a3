import { expect } from 'vitest';
import { describeWithDatabase } from '../../support/fixtures.js';
import { expectAtMost, test } from '../../support/statements.js';

const REFERENCES = `participants { role actor { slug names { name } } } speakersToo: participants(role: [SPEAKER]) { actor { slug } }
  topics { slug } treaties { slug parties { slug } states { state } }
  weaponSystems { slug aliases { name source { slug } } } doctrines { slug actor { slug } }`;
const EVIDENCE =
  'citations { source { slug } claims { value citation { source { slug } } } } claims(field: [OCCURRED]) { value citation { source { slug } } }';
const HISTORY = 'revisions { nodes { number } } links { relation from { slug } to { slug topics { slug } } }';
const DETAILS = `... on Event { type places { name } quantities { name } } ... on Statement { quotation speakers { actor { slug } } }
  ... on DoctrineChange { changeType doctrine { slug } effective { text } approvedBy { slug } }`;
const EVERYTHING = `${REFERENCES} ${EVIDENCE} ${HISTORY} ${DETAILS}`;
/** Statements from each table for REFERENCES, EVIDENCE and HISTORY. */
const REFERENCED = {
  ...{ actor: 4, actor_name: 1, development: 3, doctrine: 1, revision: 1, source: 2, topic: 2 },
  ...{ treaty: 1, treaty_party: 1, treaty_status: 1, weapon_system: 1, weapon_system_alias: 1 },
};

/** Asks for one row of a list. */
const firstOf = (list: string) =>
  list.includes('(') ? list.replace('(', '(first: 1, ') : list.replace(' {', '(first: 1) {');

describeWithDatabase('SQL statements', () => {
  test('for a list with every field depend on the tables read, not on the number of rows', async ({
    statements,
  }) => {
    const page = (first: number) =>
      statements.of(
        `query ($first: Int) { developments(first: $first) { totalCount nodes { __typename slug ${EVERYTHING} } } }`,
        { first },
      );
    for (const rows of [3, 30, 90])
      expectAtMost({ ...REFERENCED, development: 4, doctrine: 2 }, await page(rows));
  });

  test.for(['events', 'statements', 'doctrineChanges'])(
    'for %s do not grow with the rows, through edges too',
    async (list, { statements }) => {
      const shared = `${REFERENCES} ${EVIDENCE} ${HISTORY}`;
      const page = (first: number, rows: string) => statements.of(`{ ${list}(first: ${first}) { ${rows} } }`);
      for (const rows of [3, 30]) expectAtMost(REFERENCED, await page(rows, `nodes { slug ${shared} }`));
      expectAtMost(REFERENCED, await page(30, `edges { node { slug ${shared} } }`));
    },
  );

  test('for only the rows of a list are one', async ({ statements }) => {
    expect(
      await statements.of(
        '{ developments { nodes { slug occurred { text } } pageInfo { endCursor } edges { cursor } } }',
      ),
    ).toMatchInlineSnapshot(`
      [
        "development",
      ]
    `);
    expect(await statements.of('{ developments { pageInfo { hasNextPage } } }')).toMatchInlineSnapshot(`
      [
        "development",
      ]
    `);
  });

  test('for search texts are one more, however many there are, and for highlights one for each text', async ({
    statements,
  }) => {
    const filter = '{ text: "h", or: [{ text: "q or t" }, { not: { text: "missile" } }] }';
    expect(
      await statements.of(`{ developments(filter: ${filter}) { totalCount totalCountIsExact } }`),
    ).toEqual(['actor', 'development']);
    const highlights = (name: string, text: string) =>
      `${name}: highlights(text: "${text}") { field parts { text } }`;
    expect(
      await statements.of(
        `{ developments(first: 30) { nodes { ${highlights('a', 'h')} ${highlights('b', 'h')} ${highlights('c', 'q')} } } }`,
      ),
    ).toEqual(['actor', 'actor', 'development']);
  });

  test('for only a totalCount are one, with a filter by slugs one more for each kind of reference named the first time', async ({
    statements,
  }) => {
    expect(await statements.of('{ developments { totalCount } }')).toMatchInlineSnapshot(`
      [
        "development",
      ]
    `);
    expect(await statements.of('{ actors { totalCount } }')).toMatchInlineSnapshot(`
      [
        "actor",
      ]
    `);
    const filter =
      '{ topic: ["one"], or: [{ topic: ["two"] }, { participant: { actor: "one" } }], not: { participant: { actor: "two" }, topic: ["one"] } }';
    expect(await statements.of(`{ developments(filter: ${filter}) { totalCount } }`)).toMatchInlineSnapshot(`
      [
        "actor",
        "development",
        "topic",
      ]
    `);
    // The ids of slugs are cached.
    expect(
      await statements.again(`{ developments(filter: ${filter}) { totalCount nodes { slug } } }`),
    ).toMatchInlineSnapshot(`
      [
        "development",
        "development",
      ]
    `);
    expect(await statements.of('{ timeline(interval: YEAR) { count } }')).toMatchInlineSnapshot(`
      [
        "development",
      ]
    `);
  });

  test('for aliases with different arguments do not grow with the rows', async ({ statements }) => {
    const aliases = `a: participants(role: [SPEAKER]) { actor { slug } } b: participants(role: [APPROVER]) { actor { name names { name } } } c: participants { role }
      d: claims { value } e: claims(field: [AFTER]) { value } f: links(direction: IN) { from { slug } } g: links(relation: [PART_OF]) { to { headline } }
      h: citations { locator } i: citations { source { slug } } j: revisions { nodes { number } } k: revisions { nodes { reason } }`;
    const page = (first: number) =>
      statements.of(`{ developments(first: ${first}) { nodes { ${aliases} } } }`);
    for (const rows of [3, 30])
      expectAtMost({ actor: 2, actor_name: 1, development: 3, revision: 1, source: 1 }, await page(rows));
    expect(
      await statements.of(
        '{ a: developments(first: 1) { nodes { slug } } b: developments(last: 1) { nodes { slug } } }',
      ),
    ).toMatchInlineSnapshot(`
      [
        "development",
        "development",
      ]
    `);
  });

  test('for one development, one node and many nodes are bounded', async ({ record, statements }) => {
    expect(
      await statements.of('{ development(slug: "event-0") { slug links { from { slug } } } }'),
    ).toMatchInlineSnapshot(`
      [
        "development",
        "development_slug",
      ]
    `);
    const { events, actors } = await record.data(
      '{ events(first: 30) { nodes { id } } actors { nodes { id } } }',
    );
    const ids = events.nodes.map(({ id }: { id: string }) => id);
    const nodes = (some: string[]) =>
      statements.of(
        'query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on Event { slug topics { slug } participants { actor { slug } } } } }',
        { ids: some },
      );
    expect(await nodes(ids.slice(0, 1))).toMatchInlineSnapshot(`
      [
        "actor",
        "development",
        "topic",
      ]
    `);
    expectAtMost({ actor: 2, development: 1, topic: 1 }, await nodes([...ids, actors.nodes[0].id]));
  });

  test('with asOf are as many as without, and for a chain one reads all links', async ({ statements }) => {
    const page = (args: string) =>
      statements.of(
        `{ developments(${args}) { nodes { slug topics { slug } links { to { slug } from { slug } } } } }`,
      );
    const past = 'asOf: { moment: "2999-01-01T00:00:00Z" }';
    for (const rows of [3, 90]) {
      expectAtMost({ development: 3, topic: 1 }, await page(`first: ${rows}`));
      expectAtMost({ development_version: 3, reference_revision: 1 }, await page(`first: ${rows}, ${past}`));
    }
    expect(
      await statements.of(
        '{ chain(slug: "event-0") { nodes { slug topics { slug } } edges { to { slug } } } }',
      ),
    ).toMatchInlineSnapshot(`
      [
        "development_slug",
        "topic",
        "walk",
      ]
    `);
  });

  test('for neighbours and related developments do not grow with the rows', async ({ statements }) => {
    const around = 'previous { slug } next(filter: { kind: [EVENT] }) { slug } related { slug }';
    const page = (first: number) =>
      statements.of(`{ developments(first: ${first}) { nodes { ${around} } } }`);
    // A statement for the page, one for each side, and at most one for the developments that each of the three finds:
    // those that are found at the same time share one.
    for (const rows of [2, 30]) expectAtMost({ asked: 1, development: 6 }, await page(rows));
  });

  test('for the other lists do not grow with the rows', async ({ statements }) => {
    const lists = [
      'actors { nodes { names { name } } }',
      'treaties { nodes { parties { slug } states { state } } }',
      'doctrines { nodes { actor { slug } } }',
      'weaponSystems { nodes { aliases { source { slug } } } }',
      'sources { nodes { slug } }',
      'topics { nodes { slug } }',
      'actors(search: "a", orderBy: NAME) { nodes { name } }',
      'topics { nodes { firstOccurred { edtf } lastOccurred { edtf } } }',
    ];
    const counts = [];
    for (const list of lists) {
      const both = await statements.of(`{ ${list} }`);
      expect(await statements.of(`{ ${firstOf(list)} }`)).toEqual(both);
      counts.push(both.join(' '));
    }
    expect(counts).toMatchInlineSnapshot(`
      [
        "actor actor_name",
        "actor treaty treaty_party treaty_status",
        "actor doctrine",
        "source weapon_system weapon_system_alias",
        "source",
        "topic",
        "actor",
        "development_mention topic",
      ]
    `);
  });
});

// Here because they need the same record.
describeWithDatabase('the changes of a revision', () => {
  test('take one SQL statement for the snapshots and one for each kind of reference, for up to 200 revisions', async ({
    statements,
  }) => {
    const page = (first: number, fields: string) =>
      statements.of(`{ developments(first: ${first}) { nodes { revisions { nodes { ${fields} } } } } }`);
    const once = [
      'actor',
      'development',
      'development_version',
      'doctrine',
      'source',
      'topic',
      'treaty',
      'weapon_system',
    ];
    const most = { ...Object.fromEntries(once.map((table) => [table, 1])), revision: 2 };
    for (const rows of [3, 30, 90])
      expectAtMost(most, await page(rows, 'number changes { field before after }'));
    expectAtMost({ development: 1, revision: 1 }, await page(30, 'number changedFields'));
  });

  test('need no lookups if no field with references changed', async ({ record, statements }) => {
    await record.data(
      'mutation { recordStatement(input: { slug: "bare", headline: "Bare", occurred: "2020" }) { __typename } }',
    );
    expect(
      await statements.of('{ development(slug: "bare") { revisions { nodes { changes { field } } } } }'),
    ).toMatchInlineSnapshot(`
        [
          "development_slug",
          "revision",
          "revision",
        ]
      `);
  });
});
