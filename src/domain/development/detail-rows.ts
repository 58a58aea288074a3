import type { Transaction } from '../../database/open.js';
import { dateColumns } from '../fuzzy-date.js';
import { newId } from '../id.js';
import type { Detail, PlaceContent } from './content.js';
import type { DevelopmentState, Part } from './rows.js';

const event: Part = {
  fields: ['type', 'places', 'quantities'],
  remove: async (tx, developmentId) => {
    await tx.eventPlace.deleteMany({ where: { eventId: developmentId } });
    await tx.eventQuantity.deleteMany({ where: { eventId: developmentId } });
    await tx.event.deleteMany({ where: { developmentId } });
  },
  insert: async (tx, states) => {
    const events = detailsOf('EVENT', states);
    if (events.length === 0) return;
    await tx.event.createMany({ data: events.map(({ developmentId, type }) => ({ developmentId, type })) });
    const placeIds = await findOrMakePlaces(
      tx,
      events.flatMap(({ places }) => places),
    );
    await tx.eventPlace.createMany({
      data: events.flatMap(({ developmentId: eventId, places }) =>
        places.map((place, ordinal) => ({ eventId, placeId: placeIds.get(placeKey(place)) ?? '', ordinal })),
      ),
      skipDuplicates: true, // The same place named twice is one place.
    });
    await tx.eventQuantity.createMany({
      data: events.flatMap(({ developmentId: eventId, quantities }) =>
        quantities.map((quantity, ordinal) => ({ eventId, ordinal, ...quantity })),
      ),
    });
  },
};

const statement: Part = {
  fields: ['attribution', 'setting', 'originalLanguage', 'quotation', 'translation'],
  remove: (tx, developmentId) => tx.statement.deleteMany({ where: { developmentId } }),
  insert: async (tx, states) => {
    const statements = detailsOf('STATEMENT', states);
    if (statements.length > 0) await tx.statement.createMany({ data: statements });
  },
};

const doctrineChange: Part = {
  fields: ['doctrineId', 'changeType', 'before', 'after', 'effective'],
  remove: (tx, developmentId) => tx.doctrineChange.deleteMany({ where: { developmentId } }),
  insert: async (tx, states) => {
    const changes = detailsOf('DOCTRINE_CHANGE', states);
    if (changes.length === 0) return;
    await tx.doctrineChange.createMany({
      data: changes.map(({ effective, ...change }) => ({
        ...change,
        ...dateColumns('effective', effective),
      })),
    });
  },
};

/** The rows that only one kind of development has. */
export const DETAIL_PARTS: readonly Part[] = [event, statement, doctrineChange];

type DetailOf<K extends Detail['kind']> = Extract<Detail, { kind: K }> & { developmentId: string };

function detailsOf<K extends Detail['kind']>(kind: K, states: readonly DevelopmentState[]): DetailOf<K>[] {
  return states.flatMap(({ id, content: { detail } }) =>
    detail.kind === kind ? [{ developmentId: id, ...detail } as DetailOf<K>] : [],
  );
}

/** Ids of places by {@link placeKey}; the same place is one row, whoever names it. */
async function findOrMakePlaces(tx: Transaction, places: PlaceContent[]): Promise<Map<string, string>> {
  if (places.length === 0) return new Map();
  const rows = places.map((place) => ({ id: newId(), key: placeKey(place), ...place }));
  rows.sort((a, b) => (a.key < b.key ? -1 : 1)); // In one order, so that no two writers wait for each other.
  await tx.place.createMany({ data: rows, skipDuplicates: true });
  const found = await tx.place.findMany({
    where: { key: { in: rows.map(({ key }) => key) } },
    select: { id: true, key: true },
  });
  return new Map(found.map(({ id, key }) => [key, id]));
}

const placeKey = ({ name, countryCode, latitude, longitude, precision }: PlaceContent) =>
  JSON.stringify([name, countryCode, latitude, longitude, precision]);
