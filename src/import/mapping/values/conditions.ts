import { z } from 'zod';
import { evaluate, type Scope } from './evaluate.js';
import { chosenBy, type Expression, expression, isObject, pattern } from './expression.js';
import type { Pattern } from './pattern.js';

/** A condition that a row must meet. All of its tests must hold. */
interface Condition {
  readonly value: Expression;
  readonly is?: readonly (string | number | boolean)[] | undefined;
  readonly isNot?: readonly (string | number | boolean)[] | undefined;
  readonly matches?: Pattern | undefined;
  readonly present?: boolean | undefined;
  readonly atLeast?: string | number | undefined;
  readonly atMost?: string | number | undefined;
}

/** One of several conditions must hold. */
interface AnyOf {
  readonly any: readonly Where[];
}

export type Where = Condition | AnyOf;

const scalar = z.union([z.string(), z.number(), z.boolean()], {
  error: 'Expected a value or a list of values.',
});
const values = z
  .union([scalar, z.array(scalar).min(1)], { error: 'Expected a value or a list of values.' })
  .transform((value) => [value].flat());
const bound = z.union([z.string(), z.number()], {
  error: 'Expected a number or a text such as "2022-02-24".',
});

const condition: z.ZodType<Condition> = z
  .strictObject({
    value: expression,
    is: values.optional(),
    isNot: values.optional(),
    matches: pattern.optional(),
    present: z.boolean().optional(),
    atLeast: bound.optional(),
    atMost: bound.optional(),
  })
  .refine((tests) => Object.values(tests).filter((test) => test !== undefined).length > 1, {
    error: 'Expected a test: is, isNot, matches, present, atLeast or atMost.',
  });

const anyOf: z.ZodType<AnyOf> = z.strictObject({ any: z.array(z.lazy(() => where)).min(1) });

const where: z.ZodType<Where> = chosenBy<Where>((value) =>
  isObject(value) && 'any' in value ? anyOf : condition,
);

/** The schema of conditions that must all hold. */
export const conditions: z.ZodType<Where[]> = z.array(where, {
  error: 'Expected a list: lines that begin with "- ".',
});

/** Returns whether a row meets all conditions. @throws {ValueError} */
export const meetsAll = (all: readonly Where[], scope: Scope): boolean =>
  all.every((one) => ('any' in one ? one.any.some((other) => meetsAll([other], scope)) : meets(one, scope)));

function meets(test: Condition, scope: Scope): boolean {
  const value = evaluate(test.value, scope);
  const several = [value].flat().filter((one) => one !== undefined);
  const isAny = (wanted: readonly unknown[]) => several.some((one) => wanted.some((it) => isSame(one, it)));
  const { is, isNot, matches, present, atLeast, atMost } = test;
  return (
    (present === undefined || present === several.length > 0) &&
    (is === undefined || isAny(is)) &&
    (isNot === undefined || !isAny(isNot)) &&
    (matches === undefined || several.some((one) => matches.firstIn(String(one)) !== undefined)) &&
    (atLeast === undefined || several.some((one) => order(one, atLeast) >= 0)) &&
    (atMost === undefined || several.some((one) => order(one, atMost) <= 0))
  );
}

const isSame = (one: unknown, other: unknown) => String(one).trim() === String(other);

/** Compares as numbers if both are, otherwise as texts, such as dates. NaN is neither before nor after. */
function order(one: unknown, other: string | number): number {
  const [first, second] = [Number(one), Number(other)];
  if (String(one).trim() !== '' && !Number.isNaN(first) && !Number.isNaN(second)) return first - second;
  if (typeof other === 'number') return Number.NaN;
  const text = String(one).trim();
  return text === other ? 0 : text < other ? -1 : 1;
}
