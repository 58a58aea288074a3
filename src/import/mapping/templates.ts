import { z } from 'zod';
import { INPUTS } from './inputs.js';
import { pathsIn } from './values/evaluate.js';
import { chosenBy, type Expression, expression, isObject } from './values/expression.js';

/** An actor found by its Wikidata item, its ISO code or its name in any language, or created. */
export interface ActorByName {
  readonly owner: 'Actor';
  readonly byName: Expression;
  readonly kind: Expression;
  readonly language?: Expression | undefined;
  readonly country?: Expression | undefined;
  readonly slug?: Expression | undefined;
  /** The alpha-3 code of a state. */
  readonly code?: Expression | undefined;
  readonly wikidata?: Expression | undefined;
}

/** A topic found by its Wikidata item or its name in any language, or created. */
export interface TopicByName {
  readonly owner: 'Topic';
  readonly byName: Expression;
  readonly language?: Expression | undefined;
  readonly slug?: Expression | undefined;
  readonly wikidata?: Expression | undefined;
}

/** A source found by its Wikidata item, its URL, or by its title if it has none, or created. */
export interface SourceByUrl {
  readonly owner: 'Source';
  readonly byUrl?: Expression | undefined;
  readonly title: Expression;
  readonly publisher?: Expression | undefined;
  readonly language?: Expression | undefined;
  readonly reliability?: Expression | undefined;
  readonly published?: Expression | undefined;
  readonly slug?: Expression | undefined;
  readonly wikidata?: Expression | undefined;
}

export type ReferenceTemplate = ActorByName | TopicByName | SourceByUrl;

/** The template of a value of the input. */
export type Template = Expression | ReferenceTemplate | readonly Template[] | Repeat | Group;

/** A list item, repeated for each item of `each`. */
export interface Repeat {
  readonly each?: Expression | undefined;
  readonly repeated: Template;
}

/** An object of templates. In a list it is repeated for each item of `each`. */
export interface Group {
  readonly each?: Expression | undefined;
  readonly fields: FieldTemplates;
  /** The fields that read the row. Without a value for any of them, a list leaves the object out. */
  readonly rowFields: readonly string[];
}

export type FieldTemplates = Readonly<Record<string, Template | undefined>>;

const optional = <T extends z.ZodType>(schema: T) => schema.optional();

const owned = <R extends ReferenceTemplate>(owner: R['owner'], shape: z.ZodRawShape): z.ZodType<R> =>
  z.strictObject(shape).transform((reference) => ({ owner, ...reference }) as unknown as R);

const actorByName = owned<ActorByName>('Actor', {
  byName: expression,
  kind: expression,
  language: optional(expression),
  country: optional(expression),
  slug: optional(expression),
  code: optional(expression),
  wikidata: optional(expression),
});

const topicByName = owned<TopicByName>('Topic', {
  byName: expression,
  language: optional(expression),
  slug: optional(expression),
  wikidata: optional(expression),
});

const sourceByUrl = owned<SourceByUrl>('Source', {
  byUrl: optional(expression),
  title: expression,
  publisher: optional(expression),
  language: optional(expression),
  reliability: optional(expression),
  published: optional(expression),
  slug: optional(expression),
  wikidata: optional(expression),
});

/** A slug, or a reference template, which has one of `keys`. */
const slugOr = (reference: z.ZodType<ReferenceTemplate>, ...keys: string[]): z.ZodType<Template> =>
  chosenBy<Template>((value) =>
    isObject(value) && keys.some((key) => key in value) ? reference : expression,
  );

const group = (shape: z.ZodRawShape): z.ZodType<Group> =>
  z.strictObject({ each: optional(expression), ...shape }).transform(({ each, ...rest }) => {
    const fields = rest as FieldTemplates;
    const rowFields = Object.keys(fields).filter((field) => pathsIn(fields[field]).length > 0);
    return { each, fields, rowFields };
  });

const list = (item: z.ZodType<Template>) =>
  z.array(item, { error: 'Expected a list: lines that begin with "- ".' });

/** The schema of a {@link Repeat}. */
const repeated = (key: string, item: z.ZodType<Template>): z.ZodType<Repeat> =>
  z
    .strictObject({ each: optional(expression), [key]: item })
    .transform(({ each, [key]: template }) => ({ each, repeated: template }) as Repeat);

/** A list of slugs; an item may be an expression that gives several, or `{ each: …, [key]: … }`. */
function slugs(item: z.ZodType<Template>, key: string): z.ZodType<Template> {
  const repeat = repeated(key, item);
  return list(chosenBy<Template>((value) => (isObject(value) && key in value ? repeat : item)));
}

const participants = list(
  group({ actor: slugOr(actorByName, 'byName'), role: expression, capacity: optional(expression) }),
);

const amounts = { low: optional(expression), best: optional(expression), high: optional(expression) };

/** An item of a claimed value: a place, a quantity, a range or an office. */
const claimedThing = group({
  name: optional(expression),
  countryCode: optional(expression),
  latitude: optional(expression),
  longitude: optional(expression),
  precision: optional(expression),
  unit: optional(expression),
  ...amounts,
  actor: optional(slugOr(actorByName, 'byName')),
  capacity: optional(expression),
});

const isPipeline = (value: Record<string, unknown>) => 'from' in value || 'join' in value;

const claimedItem = chosenBy<Template>((value) => {
  if (!isObject(value) || isPipeline(value)) return expression;
  if ('byName' in value) return actorByName;
  return 'actor' in value && !('capacity' in value)
    ? repeated('actor', slugOr(actorByName, 'byName'))
    : claimedThing;
});

/** The value of a claim. Its form depends on the claim's field, which may come from the row. */
const claimed = chosenBy<Template>((value) => {
  if (Array.isArray(value)) return list(claimedItem);
  return isObject(value) && !isPipeline(value) ? claimedThing : expression;
});

const citations = list(
  group({
    source: slugOr(sourceByUrl, 'byUrl', 'title'),
    locator: optional(expression),
    excerpt: optional(expression),
    language: optional(expression),
    stance: optional(expression),
    credibility: optional(expression),
    claims: optional(
      list(
        group({
          field: expression,
          value: claimed,
          rank: optional(expression),
          note: optional(expression),
        }),
      ),
    ),
  }),
).min(1, 'Expected at least one citation: nothing is stated without evidence.');

const places = list(
  group({
    name: expression,
    countryCode: optional(expression),
    latitude: optional(expression),
    longitude: optional(expression),
    precision: expression,
  }),
);

const quantities = list(
  group({
    name: expression,
    unit: optional(expression),
    ...amounts,
  }),
);

const names = list(group({ name: expression, language: optional(expression) }));

/** A development by its slug, or by its id in a data set. */
const linkEnd = chosenBy<Template>((value) =>
  isObject(value) && 'dataset' in value ? group({ dataset: expression, id: expression }) : expression,
);

/** The fields that are more than one expression. */
const structured: Readonly<Record<string, z.ZodType<Template>>> = {
  participants,
  citations,
  places,
  quantities,
  names,
  topics: slugs(slugOr(topicByName, 'byName'), 'topic'),
  treaties: slugs(expression, 'treaty'),
  weaponSystems: slugs(expression, 'weaponSystem'),
  doctrines: slugs(expression, 'doctrine'),
  parties: slugs(expression, 'party'),
  classes: slugs(expression, 'class'),
  delivery: slugs(expression, 'platform'),
  states: list(group({ state: expression, since: expression, note: optional(expression) })),
  aliases: list(
    group({
      name: expression,
      language: optional(expression),
      note: optional(expression),
      source: optional(expression),
    }),
  ),
  from: linkEnd,
  to: linkEnd,
};

/** The templates of an input's fields, as the domain's schema lists them. */
function templatesFor(input: z.ZodObject, required: readonly string[]): z.ZodType<FieldTemplates> {
  const shape = Object.keys(input.shape).map((field) => {
    const template = structured[field] ?? expression;
    return [field, required.includes(field) ? template : optional(template)] as const;
  });
  return z.strictObject(Object.fromEntries(shape)) as unknown as z.ZodType<FieldTemplates>;
}

/** The fields that rows must have, by the `record:` of a mapping. */
export const REQUIRED = {
  statement: ['headline', 'occurred', 'citations'],
  event: ['headline', 'occurred', 'citations', 'type'],
  'doctrine-change': ['headline', 'occurred', 'citations', 'doctrine', 'changeType'],
  actor: ['slug', 'kind', 'name'],
  treaty: ['slug', 'name'],
  'weapon-system': ['slug', 'name'],
  doctrine: ['slug', 'name'],
  source: ['slug', 'title'],
  topic: ['slug', 'name'],
  link: ['from', 'to', 'relation'],
} as const satisfies Readonly<Record<keyof typeof INPUTS, readonly string[]>>;

/** Returns the schema of the `fields:` of a mapping. */
export const fieldTemplates = (record: keyof typeof INPUTS): z.ZodType<FieldTemplates> =>
  templatesFor(INPUTS[record], REQUIRED[record]);
