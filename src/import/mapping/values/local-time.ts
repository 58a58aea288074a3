import { FixedOffsetZone, IANAZone, type Zone } from 'luxon';
import { ValueError } from '../../errors.js';

/** Returns the zone of a name such as `Europe/Kyiv`, `UTC` or `+03:00`; undefined if there is none. */
export function zoneOf(name: string): Zone | undefined {
  const [, sign, hours, minutes = '00'] = /^([+-])(\d{2}):?(\d{2})?$/.exec(name) ?? [];
  if (sign !== undefined) {
    const east = Number(hours) * 60 + Number(minutes);
    return FixedOffsetZone.instance(sign === '-' ? -east : east);
  }
  return IANAZone.isValidZone(name) ? IANAZone.create(name) : undefined;
}

const MINUTE = 60_000;
const A_DAY = 24 * 60 * MINUTE;

/**
 * Returns the offset of a zone at a time of its clocks, as EDTF has it: `+03:00`. The seconds of an offset are dropped: zones
 * had some before they adopted standard time.
 *
 * @param local The day and time as the clock shows them, in milliseconds as if they were UTC.
 * @throws {ValueError} For a time that the clocks skipped, and for one that they showed twice.
 */
export function offsetAt(local: number, zone: Zone, text: string): string {
  // Around any change of the clocks, the offsets of the days before and after are the only ones.
  const around = [local - A_DAY, local, local + A_DAY].map((time) => zone.offset(time));
  const possible = [...new Set(around)].filter((offset) => zone.offset(local - offset * MINUTE) === offset);
  const [only, ...others] = possible;
  if (only !== undefined && others.length === 0) return written(only);
  const clock = new Date(local).toISOString().slice(0, 16).replace('T', ' ');
  const reason =
    only === undefined
      ? `${clock} never was in ${zone.name}: the clocks went forward past it. Correct it, or give it with its offset.`
      : `${clock} was twice in ${zone.name}, at ${possible.map(written).join(' and at ')}: the clocks went back. Give it with its offset.`;
  throw new ValueError(text, reason, 'BAD_DATE');
}

export function written(offset: number): string {
  const size = Math.floor(Math.abs(offset));
  const two = (number: number) => String(number).padStart(2, '0');
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}
