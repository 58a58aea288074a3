import type { Detail } from '../queries/development.js';

/** Describes a development in the vocabulary of schema.org: as an Event, a Quotation or a Claim. */
export function linkedDataOf(detail: Detail, url: string): object {
  const { headline, summary, occurred, changedAt, publishedAt } = detail;
  const base = {
    '@context': 'https://schema.org',
    url,
    name: headline,
    description: summary,
    ...(publishedAt && { datePublished: publishedAt }),
    dateModified: changedAt,
    citation: detail.citations.map(({ source }) => ({
      '@type': 'CreativeWork',
      name: source.title,
      ...(source.publisher && { publisher: source.publisher }),
      ...(source.url && { url: source.url }),
    })),
  };
  switch (detail.__typename) {
    case 'Event': {
      const {
        citation,
        datePublished: _,
        dateModified: __,
        ...event
      } = { datePublished: undefined, ...base };
      return {
        ...event,
        '@type': 'Event',
        ...(occurred.earliest && { startDate: occurred.earliest }),
        ...(occurred.latest && { endDate: occurred.latest }),
        location: detail.places.map(({ name }) => ({ '@type': 'Place', name })),
        subjectOf: citation,
      };
    }
    case 'Statement': {
      const text = detail.quotation ?? detail.translation;
      return {
        ...base,
        '@type': text ? 'Quotation' : 'Claim',
        ...(text && { text, inLanguage: detail.quotation ? detail.originalLanguage : 'en' }),
        ...(text
          ? { spokenByCharacter: detail.speakers.map(personOf) }
          : { author: detail.speakers.map(personOf) }),
        ...(occurred.earliest && { dateCreated: occurred.earliest }),
      };
    }
    case 'DoctrineChange':
      return { ...base, '@type': 'Claim', about: { '@type': 'Thing', name: detail.doctrine.name } };
  }
}

const personOf = ({ actor }: { readonly actor: { readonly name: string } }) => ({
  '@type': 'Person',
  name: actor.name,
});
