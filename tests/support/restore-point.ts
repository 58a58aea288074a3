import type { PGlite } from '@electric-sql/pglite';

export interface RestorePoint {
  /**
   * Brings all rows back, and the session to its first state.
   *
   * @returns Whether it could. Not where the schema is no longer as it was: throw the database away then.
   */
  restore(): Promise<boolean>;
}

/** Copies all tables of a database aside, so that a test's changes can be undone without a new database. */
export async function setRestorePoint(pglite: PGlite): Promise<RestorePoint> {
  const { rows: tables } = await pglite.query<{ name: string; columns: string }>(TABLES);
  await pglite.exec('CREATE SCHEMA kept');
  for (const { name } of tables) await pglite.exec(`CREATE TABLE kept.${name} AS TABLE public.${name}`);
  const copyBack = tables.map(
    ({ name, columns }) =>
      `DELETE FROM public.${name}; INSERT INTO public.${name} (${columns}) SELECT ${columns} FROM kept.${name};`,
  );
  const schema = await readSchema(pglite);
  return {
    restore: async () => {
      try {
        if (pglite.isInTransaction()) await pglite.exec('ROLLBACK');
        await pglite.exec('DISCARD ALL');
        if ((await readSchema(pglite)) !== schema) return false;
        // As a replica, no trigger runs and no foreign key is checked, so the order of tables does not matter.
        await pglite.exec(
          `BEGIN; SET LOCAL session_replication_role = replica; ${copyBack.join('\n')} COMMIT;`,
        );
        return true;
      } catch {
        return false; // A test closed or broke it.
      }
    },
  };
}

/** Tables with their columns, but for generated ones, which cannot be written. */
const TABLES = `
  SELECT quote_ident(relname) AS name, string_agg(quote_ident(attname), ', ' ORDER BY attnum) AS columns
  FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
  WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND attnum > 0
    AND NOT attisdropped AND attgenerated = ''
  GROUP BY relname`;

/** The rows of the catalog that define the schema, temporary tables left out. */
const CATALOG = Object.entries({
  pg_class: `relnamespace = 'public'::regnamespace`,
  pg_type: `typnamespace = 'public'::regnamespace`,
  pg_proc: `pronamespace = 'public'::regnamespace`,
  pg_constraint: `connamespace = 'public'::regnamespace`,
  pg_attribute: 'attrelid IN (SELECT oid FROM tables)',
  pg_attrdef: 'adrelid IN (SELECT oid FROM tables)',
  pg_index: 'indrelid IN (SELECT oid FROM tables)',
  pg_trigger: 'tgrelid IN (SELECT oid FROM tables)',
  pg_db_role_setting: 'true',
}).map(([name, rows]) => `(SELECT count(*) || ' ' || sum(xmin::text::bigint) FROM ${name} WHERE ${rows})`);

/** Reads a value that no two states of the schema share: whatever changes an object writes its catalog row anew. */
async function readSchema(pglite: PGlite): Promise<string> {
  const { rows } = await pglite.query<{ versions: string }>(
    `WITH tables AS (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace)
     SELECT concat_ws(',', ${CATALOG}) AS versions`,
  );
  return rows[0]?.versions ?? '';
}
