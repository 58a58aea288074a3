import { countryName, plain } from '../../wire/words.js';
import type { Entry } from '../queries/suggestions.js';

/** Returns the name of an entry. */
export function entryName(entry: Entry): string {
  if ('headline' in entry) return entry.headline;
  return 'title' in entry ? entry.title : entry.name;
}

/** Returns what is known of an entry, by the name of the field, for a comparison side by side. */
export function entryFacts(entry: Entry): Readonly<Record<string, string>> {
  switch (entry.__typename) {
    case 'Actor':
      return {
        Kind: plain(entry.actorKind),
        Country: entry.countryCode ? countryName(entry.countryCode) : '',
        ...namesAndItem(entry),
        Description: entry.description ?? '',
      };
    case 'Source':
      return {
        Publisher: entry.publisher ?? '',
        Address: entry.url ?? '',
        Published: entry.published?.text ?? '',
        Reliability: entry.reliability,
        ...namesAndItem(entry),
      };
    case 'Topic':
      return { ...namesAndItem(entry), Description: entry.description ?? '' };
    case 'Treaty':
      return { Abbreviation: entry.abbreviation ?? '', Summary: entry.summary ?? '' };
    case 'WeaponSystem':
      return {
        Classes: entry.classes.map(plain).join(', '),
        'Other names': entry.aliases.map(({ name }) => name).join(', '),
        Summary: entry.summary ?? '',
      };
    case 'Doctrine':
      return { Actor: entry.actor?.name ?? '', Summary: entry.summary ?? '' };
    default:
      return {
        Date: entry.occurred.text,
        Status: plain(entry.status),
        Participants: entry.participants.map(({ actor }) => actor.name).join(', '),
        Summary: entry.abstract,
      };
  }
}

const namesAndItem = ({ names, wikidataId }: Extract<Entry, { readonly names: unknown }>) => ({
  'Other names': names.map(({ name }) => name).join(', '),
  Wikidata: wikidataId ?? '',
});
