import { Gazetteer, type GazetteerEntry } from '../../src/intake/extract/names/gazetteer.js';

/** The names of the example record that the dossier’s article needs, and invented ones for the other articles. */
const ENTRIES: readonly GazetteerEntry[] = [
  {
    kind: 'STATE',
    slug: 'russia',
    name: 'Russia',
    names: ['Russian Federation', 'Россия', 'Российская Федерация'],
    countryCode: 'RU',
  },
  {
    kind: 'STATE',
    slug: 'united-states',
    name: 'United States',
    names: ['USA', 'Соединенные Штаты'],
    countryCode: 'US',
  },
  { kind: 'STATE', slug: 'denmark', name: 'Denmark', names: ['Дания'], countryCode: 'DK' },
  { kind: 'STATE', slug: 'philippines', name: 'Philippines', names: [], countryCode: 'PH' },
  { kind: 'PERSON', slug: 'vladimir-putin', name: 'Vladimir Putin', names: ['Владимир Путин'] },
  { kind: 'PERSON', slug: 'sergei-ryabkov', name: 'Sergei Ryabkov', names: ['Сергей Рябков'] },
  { kind: 'OUTLET', slug: 'tass', name: 'TASS', names: ['ТАСС'] },
  { kind: 'ORGANISATION', slug: 'federal-assembly', name: 'Federal Assembly', names: [] },
  { kind: 'ALLIANCE', slug: 'nato', name: 'NATO', names: ['North Atlantic Treaty Organization', 'НАТО'] },
  {
    kind: 'TREATY',
    slug: 'inf',
    name: 'Intermediate-Range Nuclear Forces Treaty',
    names: ['INF Treaty', 'INF', 'ДРСМД'],
  },
  {
    kind: 'DOCTRINE',
    slug: 'moratorium-inf-range',
    name: 'Moratorium on ground-launched intermediate- and shorter-range missiles',
    names: [],
  },
  {
    kind: 'WEAPON_SYSTEM',
    slug: 'intermediate-and-shorter-range-missiles',
    name: 'intermediate- and shorter-range missiles',
    names: ['RSMD', 'РСМД', 'intermediate-range missiles'],
  },
  { kind: 'STATE', slug: 'norland', name: 'Norland', names: ['Норландия'] },
  { kind: 'STATE', slug: 'ostmark', name: 'Ostmark', names: ['Остмарк'] },
  { kind: 'PERSON', slug: 'lena-moroz', name: 'Lena Moroz', names: ['Лена Мороз'] },
  { kind: 'PERSON', slug: 'viktor-halden', name: 'Viktor Halden', names: ['Виктор Халден'] },
  { kind: 'PERSON', slug: 'ada-brook', name: 'Ada Brook', names: ['Ада Брук'] },
  { kind: 'OUTLET', slug: 'harbour-wire', name: 'Harbour Wire', names: [] },
  { kind: 'TREATY', slug: 'quiet-skies', name: 'Quiet Skies Treaty', names: ['Quiet Skies', 'QST'] },
  { kind: 'WEAPON_SYSTEM', slug: 'x-40', name: 'X-40', names: ['X-40 Lantern'] },
  { kind: 'DOCTRINE', slug: 'northern-posture', name: 'Northern Posture', names: [] },
  { kind: 'ALLIANCE', slug: 'harbour-pact', name: 'Harbour Pact', names: [] },
];

export const GAZETTEER = new Gazetteer(ENTRIES);
