import { datesAgree } from '../../dates/agreement.js';
import { type ClaimContent, canonical, type PlaceContent, type QuantityContent } from '../content/content.js';
import { ClaimField } from '../content/vocabulary.js';
import { type ClaimValues, claimText, isLegible } from './claim-values.js';

/** A field that claims disagree about. */
export interface Dispute {
  readonly field: ClaimField;
  /** At least two: the preferred one first, the others in the editors' order. */
  readonly values: readonly CompetingValue[];
}

/** One of the competing values of a field. */
export interface CompetingValue {
  readonly value: unknown;
  /** The value in English. */
  readonly text: string;
  /** At least one: the preferred claim first, the others in the editors' order. */
  readonly claims: readonly ClaimContent[];
}

/**
 * Returns whether two values of a field can both be true. The relation is symmetric.
 *
 * | field | they agree when |
 * |---|---|
 * | OCCURRED, EFFECTIVE_DATE | one is a coarser wording of the other, or means the same instant; see {@link datesAgree} |
 * | RANGE | one contains the other; an open end is infinite |
 * | QUANTITIES | for each name and unit that both give, one's [low, high] contains the other's; a best estimate alone is both ends, an open end infinite |
 * | PLACES | one list is part of the other, by name and country |
 * | SPEAKER | one list is part of the other |
 * | ROLE | each actor that both name has the same office |
 * | QUOTATION, BEFORE, AFTER, CHANGE_TYPE | they are equal |
 *
 * Comparison of names, units and offices ignores case and surrounding white space. If a list repeats a name
 * and unit, each of its values must agree with one of the other list.
 */
export function agree(field: ClaimField, one: unknown, other: unknown): boolean {
  if (canonical(one) === canonical(other)) return true;
  if (!isLegible(field, one) || !isLegible(field, other)) return false;
  switch (field) {
    case 'OCCURRED':
    case 'EFFECTIVE_DATE':
      return datesAgree((one as ClaimValues['OCCURRED']).trim(), (other as ClaimValues['OCCURRED']).trim());
    case 'RANGE':
      return eitherWay(one as ClaimValues['RANGE'], other as ClaimValues['RANGE'], isWithin);
    case 'QUANTITIES':
      return quantitiesAgree(one as ClaimValues['QUANTITIES'], other as ClaimValues['QUANTITIES']);
    case 'PLACES':
      return eitherWay(
        (one as ClaimValues['PLACES']).map(placeKey),
        (other as ClaimValues['PLACES']).map(placeKey),
        isPart,
      );
    case 'SPEAKER':
      return eitherWay(one as ClaimValues['SPEAKER'], other as ClaimValues['SPEAKER'], isPart);
    case 'ROLE':
      return officesAgree(one as ClaimValues['ROLE'], other as ClaimValues['ROLE']);
    default:
      return false;
  }
}

/** Returns whether claims that are not deprecated disagree about a field; see {@link agree}. */
export function isDisputed(claims: readonly ClaimContent[]): boolean {
  return [...byField(claims)].some(([field, standing]) => isContested(field, standing));
}

/** Lists the fields that claims disagree about, in the order of {@link ClaimField}. */
export function disputesOf(claims: readonly ClaimContent[]): Dispute[] {
  const fields = byField(claims);
  return Object.values(ClaimField).flatMap((field) => {
    const standing = fields.get(field) ?? [];
    return isContested(field, standing) ? [{ field, values: competingValues(standing) }] : [];
  });
}

/** Ignores deprecated claims. */
function byField(claims: readonly ClaimContent[]): Map<ClaimField, ClaimContent[]> {
  const fields = new Map<ClaimField, ClaimContent[]>();
  for (const claim of claims) {
    if (claim.rank !== 'DEPRECATED') fields.set(claim.field, [...(fields.get(claim.field) ?? []), claim]);
  }
  return fields;
}

/** Compares all pairs: 2019-02 and 2019-08 each agree with 2019, but not with each other. */
function isContested(field: ClaimField, standing: readonly ClaimContent[]): boolean {
  return standing.some(({ value }, index) =>
    standing.slice(index + 1).some((other) => !agree(field, value, other.value)),
  );
}

function competingValues(standing: readonly ClaimContent[]): CompetingValue[] {
  const isPreferred = ({ rank }: ClaimContent) => rank === 'PREFERRED';
  const ordered = [...standing.filter(isPreferred), ...standing.filter((claim) => !isPreferred(claim))];
  const values = new Map<string, CompetingValue & { claims: ClaimContent[] }>();
  for (const claim of ordered) {
    const known = values.get(canonical(claim.value));
    if (known) known.claims.push(claim);
    else
      values.set(canonical(claim.value), {
        value: claim.value,
        text: claimText(claim.field, claim.value),
        claims: [claim],
      });
  }
  return [...values.values()];
}

const eitherWay = <T>(one: T, other: T, holds: (one: T, other: T) => boolean) =>
  holds(one, other) || holds(other, one);

type Range = ClaimValues['RANGE'];

const isWithin = (one: Range, other: Range) =>
  (one.low ?? -Infinity) >= (other.low ?? -Infinity) && (one.high ?? Infinity) <= (other.high ?? Infinity);

const isPart = (one: readonly string[], other: readonly string[]) =>
  one.every((item) => other.includes(item));

const folded = (text: string | null) => text?.trim().toLowerCase() ?? null;

const placeKey = ({ name, countryCode }: PlaceContent) => canonical([folded(name), folded(countryCode)]);

const quantityKey = ({ name, unit }: QuantityContent) => canonical([folded(name), folded(unit)]);

function quantitiesAgree(one: readonly QuantityContent[], other: readonly QuantityContent[]): boolean {
  return one.every((quantity) => {
    const named = (list: readonly QuantityContent[]) =>
      list.filter((candidate) => quantityKey(candidate) === quantityKey(quantity)).map(boundsOf);
    const [ours, theirs] = [named(one), named(other)];
    return theirs.length === 0 || eitherWay(ours, theirs, isEachWithinSome);
  });
}

const isEachWithinSome = (one: readonly Range[], other: readonly Range[]) =>
  one.every((range) => other.some((candidate) => eitherWay(range, candidate, isWithin)));

function boundsOf({ low, best, high }: QuantityContent): Range {
  return low === null && high === null ? { low: best, high: best } : { low, high };
}

function officesAgree(one: ClaimValues['ROLE'], other: ClaimValues['ROLE']): boolean {
  const offices = new Map(other.map(({ actor, capacity }) => [actor, folded(capacity)]));
  return one.every(({ actor, capacity }) => (offices.get(actor) ?? folded(capacity)) === folded(capacity));
}
