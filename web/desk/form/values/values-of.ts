import type { Editable } from '../../queries/editable.js';
import { claimPartsOf, placeRow, quantityRow } from './claim-value.js';
import { EMPTY_VALUES } from './empty-values.js';
import type { CitationRow, FormValues } from './form-values.js';

const keyed = <T extends object>(row: T) => ({ key: crypto.randomUUID(), ...row });

/** Reads a development into a form. */
export function valuesOf(development: Editable): FormValues {
  return { ...EMPTY_VALUES, ...shared(development), ...own(development) };
}

function shared(development: Editable): Partial<FormValues> {
  const { headline, summary, occurred, topics, treaties, weaponSystems, doctrines } = development;
  const { confidence, confidenceReason } = development;
  return {
    ...{ headline, summary, occurred: occurred.edtf, topics, treaties, weaponSystems, doctrines },
    participants: development.participants.map(({ role, capacity, actor }) =>
      keyed({ role, capacity: capacity ?? '', actor }),
    ),
    citations: development.citations.map(citationRow),
    // Without a reason it is the derived one, which no form sets.
    confidence: confidenceReason ? confidence : '',
    confidenceReason: confidenceReason ?? '',
  };
}

function citationRow(citation: Editable['citations'][number]): CitationRow {
  const { source, stance, credibility, locator, excerpt, language, claims } = citation;
  const { slug, title, publisher, reliability } = source;
  return keyed({
    source: { slug, name: title, publisher: publisher ?? '', reliability },
    ...{ stance, credibility: String(credibility) },
    ...{ locator: locator ?? '', excerpt: excerpt ?? '', language: language ?? '' },
    claims: claims.map(({ field, rank, note, value }) =>
      keyed({ field, rank, note: note ?? '', ...claimPartsOf(field, value) }),
    ),
  });
}

function own(development: Editable): Partial<FormValues> {
  switch (development.__typename) {
    case 'Statement': {
      const { quotation, originalLanguage, originalScript, translation, translator } = development;
      const { setting, attribution } = development;
      return {
        ...{ quotation: quotation ?? '', originalLanguage: originalLanguage ?? '' },
        ...{ originalScript: originalScript ?? '', translation: translation ?? '' },
        ...{ translator: translator ?? '', setting: setting ?? '', attribution: attribution ?? '' },
      };
    }
    case 'Event': {
      const { type, places, quantities } = development;
      return {
        type,
        places: places.map((place) => keyed(placeRow(place))),
        quantities: quantities.map((quantity) => keyed(quantityRow(quantity))),
      };
    }
    case 'DoctrineChange': {
      const { changeType, before, after, doctrine, effective } = development;
      return {
        ...{ changeType, doctrine, before: before ?? '', after: after ?? '' },
        effective: effective?.edtf ?? '',
      };
    }
  }
}
