import { PrismaPg } from '@prisma/adapter-pg';
import { ColumnTypeEnum, type SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import type { Pool, QueryResult } from 'pg';
import { NO_FILTERS, type SchemaEngine, startSchemaEngine } from '../../src/database/schema-engine.js';

const CHAR = 18;
const TEXT = 25;

/** Runs Prisma's schema engine on a database, with an adapter that can describe it. */
export async function withEngine<T>(
  pool: Pool,
  datamodel: { path: string; content: string },
  work: (engine: SchemaEngine) => Promise<T>,
): Promise<T> {
  const engine = await startSchemaEngine(describing(pool), datamodel);
  try {
    return await work(engine);
  } finally {
    engine.free();
  }
}

/** Returns the SQL that migrates the database to the datamodel; undefined if they match. */
export async function differences(
  pool: Pool,
  datamodel: { path: string; content: string },
): Promise<string | undefined> {
  const { exitCode, stdout } = await withEngine(pool, datamodel, (engine) =>
    engine.diff({
      // In this build of the engine, the "datasource" is the database behind the driver adapter.
      from: { tag: 'schemaDatasource', files: [datamodel], configDir: '.' },
      to: { tag: 'schemaDatamodel', files: [datamodel] },
      script: true,
      exitCode: true,
      filters: NO_FILTERS,
    }),
  );
  return exitCode === 0 ? undefined : (stdout ?? '');
}

/**
 * Returns an adapter through which the engine can describe a database. The engine reads columns of the
 * type "char", which PrismaPg does not support.
 */
function describing(pool: Pool): SqlMigrationAwareDriverAdapterFactory {
  const charColumns = new Set<string>();
  const relabelled = new Proxy(pool, {
    get: (target, name) => {
      if (name !== 'query') return Reflect.get(target, name, target);
      return async (...args: Parameters<Pool['query']>) => {
        const result = (await target.query(...args)) as unknown as QueryResult;
        for (const field of result.fields ?? []) {
          if (field.dataTypeID !== CHAR) continue;
          charColumns.add(field.name);
          field.dataTypeID = TEXT;
        }
        return result;
      };
    },
  });
  const factory = new PrismaPg(relabelled);
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    const adapter = await connect();
    const queryRaw = adapter.queryRaw.bind(adapter);
    adapter.queryRaw = async (query) => {
      const result = await queryRaw(query);
      const types = result.columnTypes.map((type, index) =>
        charColumns.has(result.columnNames[index] ?? '') ? ColumnTypeEnum.Character : type,
      );
      return { ...result, columnTypes: types };
    };
    return adapter;
  };
  return factory;
}
