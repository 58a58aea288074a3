/** Runs statements, without parameters, on one session and returns the rows of the last. */
export type RunSql = (sql: string) => Promise<readonly Record<string, unknown>[]>;

export interface RestorePoint {
  /**
   * Restores all rows, and the session's settings.
   *
   * @returns False after a change of the schema. Discard the database then.
   */
  restore(): Promise<boolean>;
}

/** Copies all tables of a database aside, so that a test's changes can be undone without a new database. */
export async function setRestorePoint(run: RunSql): Promise<RestorePoint> {
  const tables = await run(TABLES);
  await run('CREATE SCHEMA kept');
  for (const { name } of tables) await run(`CREATE TABLE kept.${name} AS TABLE public.${name}`);
  const copyBack = tables.map(
    ({ name, columns }) =>
      `DELETE FROM public.${name}; INSERT INTO public.${name} (${columns}) SELECT ${columns} FROM kept.${name};`,
  );
  await run(KEEP_STATISTICS);
  const schema = await readSchema(run);
  return {
    restore: async () => {
      await run('ROLLBACK'); // Only a warning if there is no transaction.
      await run('DISCARD ALL');
      if ((await readSchema(run)) !== schema) return false;
      // As a replica, no trigger runs and no foreign key is checked, so the order of tables does not matter.
      await run(
        `BEGIN; SET LOCAL session_replication_role = replica; ${copyBack.join('\n')} ${RESTORE_STATISTICS} COMMIT;`,
      );
      return true;
    },
  };
}

/** Tables with their columns, except for generated ones, which cannot be written. */
const TABLES = `
  SELECT quote_ident(relname) AS name, string_agg(quote_ident(attname), ', ' ORDER BY attnum) AS columns
  FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
  WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND attnum > 0
    AND NOT attisdropped AND attgenerated = ''
  GROUP BY relname`;

/** Clears what ANALYZE writes. Otherwise plans and imports would depend on earlier tests. */
const CLEAR_STATISTICS = `
  DELETE FROM pg_statistic WHERE starelid IN (SELECT oid FROM kept.statistics);`;
const KEEP_STATISTICS = `
  CREATE TABLE kept.statistics AS
    SELECT oid, relpages, reltuples FROM pg_class WHERE relnamespace = 'public'::regnamespace;
  ${CLEAR_STATISTICS}`;
const RESTORE_STATISTICS = `
  ${CLEAR_STATISTICS}
  UPDATE pg_class SET relpages = was.relpages, reltuples = was.reltuples FROM kept.statistics AS was
    WHERE was.oid = pg_class.oid
      AND (pg_class.relpages, pg_class.reltuples) IS DISTINCT FROM (was.relpages, was.reltuples);`;

/** The catalog rows that define the schema, without temporary tables. */
const CATALOG = Object.entries({
  pg_type: `typnamespace = 'public'::regnamespace`,
  pg_proc: `pronamespace = 'public'::regnamespace`,
  pg_constraint: `connamespace = 'public'::regnamespace`,
  pg_attribute: 'attrelid IN (SELECT oid FROM tables)',
  pg_attrdef: 'adrelid IN (SELECT oid FROM tables)',
  pg_index: 'indrelid IN (SELECT oid FROM tables)',
  pg_trigger: 'tgrelid IN (SELECT oid FROM tables)',
  pg_db_role_setting: 'setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database())',
}).map(([name, rows]) => `(SELECT count(*) || ' ' || sum(xmin::text::bigint) FROM ${name} WHERE ${rows})`);

/** Reads a value that is unique to a state of the schema: every change of an object rewrites its catalog row. */
async function readSchema(run: RunSql): Promise<unknown> {
  const [row] = await run(
    `WITH tables AS (
       SELECT oid, relname, relkind, relnatts, relchecks, relrowsecurity, reloptions
       FROM pg_class WHERE relnamespace = 'public'::regnamespace
     )
     SELECT concat_ws(',', (SELECT md5(string_agg(tables::text, ' ' ORDER BY oid)) FROM tables), ${CATALOG}) AS versions`,
  );
  return row?.['versions'];
}
