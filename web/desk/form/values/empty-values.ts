import type {
  CitationRow,
  ClaimRow,
  FormValues,
  ParticipantRow,
  PlaceRow,
  QuantityRow,
} from './form-values.js';

const newKey = (): string => crypto.randomUUID();

export const newParticipant = (role: string): ParticipantRow => ({
  ...{ key: newKey(), actor: null, role, capacity: '' },
});

export const newPlace = (): PlaceRow => ({
  ...{ key: newKey(), name: '', countryCode: '', latitude: '', longitude: '', precision: 'LOCALITY' },
});

export const newQuantity = (): QuantityRow => ({
  ...{ key: newKey(), name: '', unit: '', low: '', best: '', high: '' },
});

export const newClaim = (): ClaimRow => ({
  ...{ key: newKey(), field: 'OCCURRED', rank: 'NORMAL', note: '', text: '' },
  ...{ actors: [], roles: [], places: [], quantities: [] },
});

export const newCitation = (): CitationRow => ({
  ...{ key: newKey(), source: null, stance: 'SUPPORTS', credibility: '6' },
  ...{ locator: '', excerpt: '', language: '', claims: [] },
});

/** A form in which nothing has been entered. */
export const EMPTY_VALUES: FormValues = {
  ...{ headline: '', summary: '', occurred: '', participants: [] },
  ...{ topics: [], treaties: [], weaponSystems: [], doctrines: [], citations: [] },
  ...{ confidence: '', confidenceReason: '' },
  ...{ quotation: '', originalLanguage: '', originalScript: '', translation: '', translator: '' },
  ...{ setting: '', attribution: '' },
  ...{ type: '', places: [], quantities: [] },
  ...{ doctrine: null, changeType: '', before: '', after: '', effective: '' },
};
