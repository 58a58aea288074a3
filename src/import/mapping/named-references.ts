import { LRUCache } from 'lru-cache';
import type { z } from 'zod';
import { newId } from '../../domain/new-id.js';
import { actorInput } from '../../domain/references/actor.js';
import { identityOf, type NamedReference } from '../../domain/references/named/find-by-name.js';
import { sourceInput } from '../../domain/references/source.js';
import { topicInput } from '../../domain/references/topic.js';
import { makeSlug } from '../../domain/slugify.js';
import { ValueError } from '../errors.js';
import type { ActorByName, ReferenceTemplate, SourceByUrl, TopicByName } from './templates.js';
import { readDate } from './values/date.js';
import type { Expression } from './values/expression.js';

/** Evaluates an expression of the template on the row at hand. */
type Text = (expression: Expression | undefined) => string | undefined;

/** A reference that rows name, with the slug that stands for it until it is resolved. */
export interface Placeholder {
  readonly slug: string;
  /** See {@link identityOf}: equal for references that are the same, however they are spelt. */
  readonly key: string;
  readonly reference: NamedReference;
}

/** How many references are remembered, because rows name the same ones again and again. */
const REMEMBERED = 20_000;

/**
 * The actors, topics and sources that rows name instead of giving a slug. Each gets a placeholder slug, so that a row can
 * be checked without the record.
 *
 * Memory is bounded: a reference that was not named for long gets another placeholder when it is named again.
 */
export class NamedReferences {
  // Longer than a person would choose, so no slug of the record is mistaken for a placeholder.
  readonly #prefix = `placeholder-${newId()}`;
  /** Matches the slugs of placeholders in a text. */
  readonly placeholders = new RegExp(`${this.#prefix}-\\d+`, 'g');
  readonly #bySpelling = new LRUCache<string, Placeholder>({ max: REMEMBERED });
  /** Those of the batch at hand. */
  #bySlug = new Map<string, Placeholder>();
  #count = 0;

  /**
   * Returns the placeholder slug for a reference, or undefined if the row names none.
   *
   * @throws {ValueError} When the reference could not be created from the row's values.
   */
  placeholderFor(template: ReferenceTemplate, text: Text): string | undefined {
    switch (template.owner) {
      case 'Actor':
        return this.#actor(template, text);
      case 'Topic':
        return this.#topic(template, text);
      case 'Source':
        return this.#source(template, text);
    }
  }

  /** Drops the placeholders of the batch before. */
  startBatch(): void {
    this.#bySlug = new Map();
  }

  /** Returns what a slug of this batch stands for; undefined if it is no placeholder. */
  find(slug: string): Placeholder | undefined {
    return this.#bySlug.get(slug);
  }

  #actor(template: ActorByName, text: Text): string | undefined {
    const { byName, kind, language, country, slug, code, wikidata } = template;
    const name = text(byName);
    if (name === undefined) return undefined;
    const [actorKind, spoken, countryCode, given] = [text(kind), text(language), text(country), text(slug)];
    const [countryCode3, wikidataId] = [text(code), text(wikidata)];
    const spelling = { kind: actorKind, name, countryCode, countryCode3, wikidataId };
    return this.#placeholder('Actor', spelling, actorInput, () => ({
      slug: given ?? makeSlug(name, actorKind ?? 'actor').slug,
      kind: actorKind,
      name,
      countryCode,
      countryCode3,
      wikidataId,
      names: [{ name, language: spoken }],
    }));
  }

  #topic({ byName, language, slug, wikidata }: TopicByName, text: Text): string | undefined {
    const name = text(byName);
    if (name === undefined) return undefined;
    const [spoken, given, wikidataId] = [text(language), text(slug), text(wikidata)];
    return this.#placeholder('Topic', { name, wikidataId }, topicInput, () => ({
      slug: given ?? makeSlug(name, 'topic').slug,
      name,
      wikidataId,
      ...(spoken !== undefined && { names: [{ name, language: spoken }] }),
    }));
  }

  #source(template: SourceByUrl, text: Text): string | undefined {
    const url = text(template.byUrl);
    const title = text(template.title);
    if ((template.byUrl === undefined ? title : url) === undefined) return undefined;
    const published = text(template.published);
    const input = {
      title,
      url,
      publisher: text(template.publisher),
      language: text(template.language),
      reliability: text(template.reliability),
      published: published === undefined ? undefined : readDate(published),
      wikidataId: text(template.wikidata),
    };
    const given = text(template.slug);
    return this.#placeholder('Source', { url, title, wikidataId: input.wikidataId }, sourceInput, () => ({
      slug: given ?? makeSlug(title ?? '', 'source').slug,
      ...input,
    }));
  }

  /** @param complete Called for new references only, because making a slug takes longer than everything else. */
  #placeholder(
    owner: NamedReference['owner'],
    name: Readonly<Record<string, unknown>>,
    schema: z.ZodType,
    complete: () => Readonly<Record<string, unknown>>,
  ): string {
    const spelling = JSON.stringify([owner, name]);
    const placeholder = this.#bySpelling.get(spelling) ?? this.#add(owner, spelling, schema, complete());
    this.#bySlug.set(placeholder.slug, placeholder);
    return placeholder.slug;
  }

  #add(
    owner: NamedReference['owner'],
    spelling: string,
    schema: z.ZodType,
    input: Readonly<Record<string, unknown>>,
  ): Placeholder {
    const checked = schema.safeParse(input);
    if (!checked.success) {
      const faults = checked.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
      throw new ValueError(input, `It cannot be created from the row's values. ${faults.join(' ')}`);
    }
    this.#count += 1;
    // As its schema has just accepted it. Dates stay as they are written: creating it checks them again.
    const { published: _, ...accepted } = checked.data as Readonly<Record<string, unknown>>;
    const reference = { owner, input: { ...input, ...accepted } } as unknown as NamedReference;
    const placeholder = { slug: `${this.#prefix}-${this.#count}`, key: identityOf(reference), reference };
    this.#bySpelling.set(spelling, placeholder);
    return placeholder;
  }
}
