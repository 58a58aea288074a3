import type { OpenDatabase } from '../../src/database/open.js';
import { recordInputs } from '../../src/domain/development/content/input.js';
import { linkDevelopments } from '../../src/domain/development/write/links.js';
import { recordDevelopment, recordMany } from '../../src/domain/development/write/record.js';
import { retractDevelopment, reviseDevelopment } from '../../src/domain/development/write/revise.js';
import { parseInput } from '../../src/domain/input.js';
import { upsertActor } from '../../src/domain/references/actor.js';
import { upsertDoctrine } from '../../src/domain/references/doctrine.js';
import { upsertSource } from '../../src/domain/references/source.js';
import { upsertTopic } from '../../src/domain/references/topic.js';
import { upsertTreaty } from '../../src/domain/references/treaty.js';
import { upsertWeaponSystem } from '../../src/domain/references/weapon-system.js';
import { type Writer, write } from '../../src/domain/write.js';
import { DROP_REFUSALS } from '../support/drop-refusals.js';

/** Fills a record with data for every rule. */
export async function fillRecord(db: OpenDatabase['db']): Promise<void> {
  const writer: Writer = { db, editor: 'test', wake: () => {} };
  await upsertActor(writer, { slug: 'speaker', kind: 'PERSON', name: 'Speaker' });
  await upsertActor(writer, { slug: 'other-speaker', kind: 'PERSON', name: 'Other speaker' });
  await upsertSource(writer, { slug: 'article', title: 'Article', published: '2019-08', reliability: 'B' });
  await upsertTopic(writer, { slug: 'topic', name: 'Topic' });
  const states = [{ state: 'IN_FORCE' as const, since: '1988-06-01' }];
  await upsertTreaty(writer, { slug: 'treaty', name: 'Treaty', states });
  await upsertWeaponSystem(writer, { slug: 'system', name: 'System' });
  await upsertDoctrine(writer, { slug: 'doctrine', name: 'Doctrine' });

  const publish = { publish: true };
  const cited = { citations: [{ source: 'article', credibility: 2 }] };
  await recordDevelopment(
    writer,
    'EVENT',
    {
      slug: 'launch',
      headline: 'A launch',
      occurred: '2019-08-18',
      type: 'TEST',
      places: [{ name: 'San Nicolas Island', countryCode: 'US', precision: 'LOCALITY' }],
      quantities: [{ name: 'range', unit: 'km', low: 500, high: 600 }],
      topics: ['topic'],
      treaties: ['treaty'],
      weaponSystems: ['system'],
      citations: [
        {
          source: 'article',
          claims: [
            { field: 'OCCURRED', value: '2019-08-18', rank: 'PREFERRED' },
            { field: 'RANGE', value: { low: 500, high: 600 }, rank: 'PREFERRED' },
          ],
        },
        { source: 'article', locator: 'p. 2', claims: [{ field: 'OCCURRED', value: '2019-08-19' }] },
      ],
    },
    publish,
  );
  await recordDevelopment(
    writer,
    'STATEMENT',
    {
      slug: 'warning',
      headline: 'A warning',
      occurred: '2019-08',
      quotation: 'We shall answer.',
      participants: [{ actor: 'speaker', role: 'SPEAKER', capacity: 'Minister' }],
      citations: [
        {
          source: 'article',
          claims: [
            { field: 'SPEAKER', value: ['speaker'], rank: 'PREFERRED' },
            { field: 'SPEAKER', value: ['other-speaker'] },
            { field: 'ROLE', value: [{ actor: 'speaker', capacity: 'Minister' }], rank: 'PREFERRED' },
          ],
        },
      ],
    },
    publish,
  );
  await reviseDevelopment(writer, 'STATEMENT', 'warning', {
    headline: 'A renamed warning',
    newSlug: 'renamed',
  });
  await recordDevelopment(
    writer,
    'DOCTRINE_CHANGE',
    {
      slug: 'amended',
      headline: 'A doctrine is amended',
      occurred: '2020-06-02',
      doctrine: 'doctrine',
      changeType: 'AMENDED',
      effective: '2020-06',
      ...cited,
    },
    publish,
  );
  await recordDevelopment(writer, 'EVENT', {
    slug: 'draft',
    headline: 'A draft',
    occurred: '2021',
    type: 'OTHER',
  });
  await recordDevelopment(
    writer,
    'EVENT',
    { slug: 'wrong', headline: 'Wrong', occurred: '20XX', type: 'OTHER', ...cited },
    publish,
  );
  await retractDevelopment(writer, 'wrong', { reason: 'It was another.', successor: 'launch' });
  await importOne(writer);
  await linkDevelopments(writer, 'amended', { to: 'launch', relation: 'IMPLEMENTS' });
  await linkDevelopments(writer, 'imported', { to: 'amended', relation: 'IMPLEMENTS' });
  const mistaken = {
    slug: 'mistaken',
    headline: 'Mistaken',
    occurred: '2021',
    type: 'OTHER' as const,
    ...cited,
  };
  await recordDevelopment(writer, 'EVENT', mistaken, publish);
  await retractDevelopment(writer, 'mistaken', { reason: 'It was the same.', successor: 'launch' });
  // The last entry of the feed is the only one of its development.
  await recordDevelopment(
    writer,
    'EVENT',
    { slug: 'last', headline: 'Last', occurred: '2022/2023', type: 'OTHER', ...cited },
    publish,
  );
}

async function importOne(writer: Writer): Promise<void> {
  const fields = parseInput(recordInputs.EVENT, {
    slug: 'imported',
    headline: 'Imported',
    occurred: '2021-05',
    type: 'DEPLOYMENT',
    citations: [{ source: 'article' }],
  });
  const externalIds = [{ dataset: 'set', value: '1' }];
  const items = [{ kind: 'EVENT' as const, fields, externalIds }];
  const request = { operation: 'import', input: null };
  await write(writer, request, (tx) => recordMany(tx, items, true, { editor: 'test', reason: null }));
}

/** Drops the constraints that prevent damage, and saves a copy of the record. */
export async function openToDamage({ pool }: OpenDatabase): Promise<void> {
  await pool.query(DROP_REFUSALS);
  await pool.query(`
    DO $$ DECLARE it record; BEGIN
      FOR it IN SELECT conname, conrelid::regclass AS relation FROM pg_constraint
                WHERE contype IN ('c', 'f') AND connamespace = 'public'::regnamespace LOOP
        EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', it.relation, it.conname);
      END LOOP;
      DROP INDEX feed_entry_development_id_revision_key, feed_entry_of_reference, development_version_newest;
      ALTER TABLE development ALTER COLUMN search DROP EXPRESSION; -- Rows are copied whole.
      ALTER TABLE development_version ALTER COLUMN search DROP EXPRESSION;
      CREATE SCHEMA undamaged;
      FOR it IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
        EXECUTE format('CREATE TABLE undamaged.%I AS TABLE public.%I', it.tablename, it.tablename);
      END LOOP;
    END $$`);
}

/** Restores the record as {@link openToDamage} saved it. */
export async function repair({ pool }: OpenDatabase): Promise<void> {
  // Without triggers: every table is copied whole, the mentions that a trigger would write too.
  await pool.query(`
    SET LOCAL session_replication_role = replica;
    DO $$ DECLARE it record; BEGIN
      SET LOCAL session_replication_role = replica; -- Without triggers, which would write rows of other tables.
      FOR it IN SELECT tablename FROM pg_tables WHERE schemaname = 'undamaged' LOOP
        EXECUTE format('DELETE FROM public.%I', it.tablename);
        EXECUTE format('INSERT INTO public.%I SELECT * FROM undamaged.%I', it.tablename, it.tablename);
      END LOOP;
    END $$`);
}
