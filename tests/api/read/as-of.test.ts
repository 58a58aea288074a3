import { expect } from 'vitest';
import { describeWithDatabase, test } from '../../support/fixtures.js';
import type { TestServer } from '../../support/server.js';

const EVERYTHING = `
  __typename slug headline summary status confidence confidenceReason derivedConfidence disputed revision
  occurred { edtf earliest latest precision text }
  recordedAt publishedAt retraction { reason successor { slug } }
  participants { role capacity actor { slug } } topics { slug }
  citations { key source { slug } stance credibility } claims { key text rank citation { key } }
  disputes { field values { text isPreferred } }
  links { relation note from { slug revision headline } to { slug revision headline occurred { edtf } } }
  revisions { nodes { number changedFields reason } }
  ... on Event { type places { name } quantities { name low high } }
  ... on Statement { quotation speech speakers { actor { slug } } }
  ... on DoctrineChange { doctrine { slug } changeType before after }`;

const SLUGS = ['one', 'two', 'three'];

/** Reads the record as a reader sees it, now or as of a point. */
async function look({ request }: TestServer, asOf?: object) {
  const { data, errors } = await request(
    `query ($asOf: AsOf) {
      developments(first: 100, asOf: $asOf) { totalCount nodes { ${EVERYTHING} } }
      retracted: developments(first: 100, filter: { status: RETRACTED }, asOf: $asOf) { nodes { ${EVERYTHING} } }
      disputed: statements(first: 100, filter: { disputed: true }, asOf: $asOf) { nodes { slug } }
      byTopic: developments(first: 1, filter: { topic: "topic", text: "one" }, orderBy: { field: RECORDED, direction: ASC }, asOf: $asOf) { totalCount nodes { slug } }
      within: developments(first: 100, filter: { occurred: { within: "2019", certainty: CERTAIN }, participant: { actor: "actor", role: SPEAKER } }, asOf: $asOf) { nodes { slug } }
      timeline(interval: MONTH, asOf: $asOf) { from kind count certain }
      ${SLUGS.map((slug) => `${slug}: development(slug: "${slug}", asOf: $asOf) { ${EVERYTHING} }`).join('\n')}
      renamed: development(slug: "two-renamed", asOf: $asOf) { slug headline }
      chain(slug: "one", asOf: $asOf) { nodes { slug } edges { relation from { slug } to { slug } } isComplete }
    }`,
    { variables: { asOf }, token: null },
  );
  expect(errors).toBeUndefined();
  return data;
}

describeWithDatabase('asOf', () => {
  test('shows readers the record as it was, by cursor, by moment and by revision', async ({ server }) => {
    await server.data(`mutation {
      a: upsertActor(input: { slug: "actor", kind: PERSON, name: "Actor" }) { __typename }
      b: upsertTopic(input: { slug: "topic", name: "Topic" }) { __typename }
      c: upsertDoctrine(input: { slug: "doctrine", name: "Doctrine" }) { __typename }
      d: upsertSource(input: { slug: "other", title: "Other", reliability: B }) { __typename }
    }`);
    const claimOn = async (slug: string) => {
      const { it } = await server.data(`{ it: development(slug: "${slug}") { claims { key } } }`);
      return it.claims.at(-1).key as string;
    };
    const cited = 'citations: [{ source: "source", claims: [{ field: OCCURRED, value: "2019-08" }] }]';
    const steps: (() => Promise<string> | string)[] = [
      () => `recordStatement(input: { slug: "one", headline: "One", occurred: "2019-08", publish: true, topics: ["topic"], ${cited}
        participants: [{ actor: "actor", role: SPEAKER }], quotation: "Слова" }) { __typename }`,
      () =>
        `recordEvent(input: { slug: "two", headline: "Two", occurred: "2020", type: TEST, publish: true, ${cited} }) { __typename }`,
      () =>
        `recordDoctrineChange(input: { slug: "three", headline: "Three", occurred: "2021", doctrine: "doctrine", changeType: ADOPTED, ${cited} }) { __typename }`,
      () =>
        'linkDevelopments(input: { slug: "two", to: "one", relation: RESPONDS_TO, note: "why" }) { __typename }',
      () =>
        'addCitation(input: { slug: "one", source: "other", credibility: 2, claims: [{ field: OCCURRED, value: "2019-02-20" }] }) { __typename }',
      () => 'publishDevelopment(input: { slug: "three" }) { __typename }',
      () => 'linkDevelopments(input: { slug: "one", to: "three", relation: ANNOUNCES }) { __typename }',
      async () =>
        `rankClaim(input: { slug: "one", claim: "${await claimOn('one')}", rank: PREFERRED, reason: "Looked at" }) { __typename }`,
      () =>
        'reviseEvent(input: { slug: "two", headline: "Two, again", quantities: [{ name: "range", unit: "km", low: 500 }] }) { __typename }',
      () => 'unlinkDevelopments(input: { slug: "two", to: "one", relation: RESPONDS_TO }) { __typename }',
      () =>
        'reviseDoctrineChange(input: { slug: "three", headline: "Three, one more", changeType: AMENDED, topics: ["topic"] }) { __typename }',
      () => 'retractDevelopment(input: { slug: "one", reason: "Wrong", successor: "three" }) { __typename }',
    ];
    const seen: { cursor: string; moment: string; view: unknown }[] = [];
    const note = async () => {
      const { feedHead } = await server.data('{ feedHead }');
      const head = await server.db.feedHead.findFirstOrThrow();
      seen.push({
        cursor: feedHead,
        moment: head.recordedAt?.toISOString() ?? '2000-01-01T00:00Z',
        view: await look(server),
      });
    };
    for (const [index, step] of steps.entries()) {
      if (index > 1) await note();
      const text = await step();
      expect(Object.values(await server.data(`mutation { ${text} }`))[0]).not.toMatchObject({
        __typename: expect.stringContaining('Error'),
      });
    }
    await note();
    expect(new Set(seen.map(({ view }) => JSON.stringify(view))).size).toBeGreaterThan(8);

    for (const { cursor, moment, view } of seen) {
      expect(await look(server, { cursor })).toEqual(view);
      expect(await look(server, { moment })).toEqual(view);
    }
    const { one: newest } = await server.data(
      '{ one: development(slug: "one") { revisions { nodes { number publishedAt } } } }',
    );
    for (const { number, publishedAt } of newest.revisions.nodes) {
      const { byRevision, byMoment } = await server.data(`{
        byRevision: development(slug: "one", asOf: { revision: { slug: "one", number: ${number} } }) { revision }
        byMoment: development(slug: "one", asOf: { moment: "${publishedAt}" }) { revision }
      }`);
      expect([byRevision.revision, byMoment.revision]).toEqual([number, number]);
    }
  });
});
