import type { Kind } from '../../address.js';
import type { FieldName } from './form-values.js';

const SHARED: readonly FieldName[] = [
  ...(['headline', 'summary', 'occurred', 'participants', 'topics', 'treaties', 'weaponSystems'] as const),
  ...(['doctrines', 'citations', 'confidence', 'confidenceReason'] as const),
];

const OWN: Readonly<Record<Kind, readonly FieldName[]>> = {
  STATEMENT: [
    ...(['quotation', 'originalLanguage', 'originalScript', 'translation', 'translator'] as const),
    ...(['setting', 'attribution'] as const),
  ],
  EVENT: ['type', 'places', 'quantities'],
  DOCTRINE_CHANGE: ['doctrine', 'changeType', 'before', 'after', 'effective'],
};

/** Returns the fields of a kind's form. */
export const fieldsOf = (kind: Kind): readonly FieldName[] => [...SHARED, ...OWN[kind]];

/** How the fields are called on the screen. */
export const FIELD_LABELS: Readonly<Record<FieldName, string>> = {
  headline: 'Headline',
  summary: 'Summary',
  occurred: 'Date',
  participants: 'Participants',
  topics: 'Topics',
  treaties: 'Treaties',
  weaponSystems: 'Weapon systems',
  doctrines: 'Doctrines it concerns',
  citations: 'Citations',
  confidence: 'Confidence',
  confidenceReason: 'Why this confidence',
  quotation: 'Words in the original language',
  originalLanguage: 'Original language',
  originalScript: 'Script',
  translation: 'English translation',
  translator: 'Translator',
  setting: 'Place or occasion',
  attribution: 'Attribution, if no speaker is named',
  type: 'Type of event',
  places: 'Places',
  quantities: 'Numbers',
  doctrine: 'Doctrine that changes',
  changeType: 'Type of change',
  before: 'Policy before',
  after: 'Policy after',
  effective: 'Takes effect',
};
