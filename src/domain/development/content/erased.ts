import type { Detail, DevelopmentContent } from './content.js';

/** Returns a content as `erase_revision` leaves it, with its slug, date, kind, grades and external ids. */
export function erasedContent(content: DevelopmentContent): DevelopmentContent {
  const { slug, occurred, confidence, derivedConfidence, detail, externalIds } = content;
  return {
    slug,
    headline: 'Erased',
    summary: '',
    occurred,
    confidence,
    confidenceReason: null,
    derivedConfidence,
    detail: erasedDetail(detail),
    participants: [],
    topicIds: [],
    treatyIds: [],
    weaponSystemIds: [],
    doctrineIds: [],
    citations: [],
    claims: [],
    links: [],
    successorId: null,
    externalIds,
  };
}

function erasedDetail(detail: Detail): Detail {
  switch (detail.kind) {
    case 'EVENT':
      return { kind: 'EVENT', type: detail.type, places: [], quantities: [] };
    case 'STATEMENT':
      return {
        kind: 'STATEMENT',
        attribution: null,
        setting: null,
        originalLanguage: null,
        originalScript: null,
        quotation: null,
        translation: null,
        translator: null,
      };
    case 'DOCTRINE_CHANGE': {
      const { doctrineId, changeType } = detail;
      return { kind: 'DOCTRINE_CHANGE', doctrineId, changeType, before: null, after: null, effective: null };
    }
  }
}
