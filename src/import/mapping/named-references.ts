import slugify from '@sindresorhus/slugify';
import { LRUCache } from 'lru-cache';
import { v7 as newId } from 'uuid';
import type { z } from 'zod';
import { actorInput } from '../../domain/references/actor.js';
import type { Findable } from '../../domain/references/find-or-plan.js';
import { sourceInput } from '../../domain/references/source.js';
import { topicInput } from '../../domain/references/topic.js';
import { ValueError } from '../errors.js';
import { readDate } from './date.js';
import type { Expression } from './expression.js';
import type { ActorByName, Reference, SourceByUrl, TopicByName } from './templates.js';

type Text = (expression: Expression | undefined) => string | undefined;

/** A thing that rows name, and the slug that stands for it until it is found or made. */
export interface Wanted {
  readonly standIn: string;
  readonly key: string;
  readonly thing: Findable;
}

/** How many things are remembered: rows name the same ones again and again. */
const REMEMBERED = 20_000;

/**
 * The actors, topics and sources that the rows of an import name. Each gets a slug that stands for it until it
 * is found or made, so that rows can be checked without the record.
 *
 * Remembers a bounded number of things: what was not named for long gets another stand-in when it is named again.
 */
export class WantedThings {
  // Longer than a person would choose, so no slug of the record is mistaken for it.
  readonly #prefix = `wanted-${newId()}`;
  readonly #byKey = new LRUCache<string, Wanted>({ max: REMEMBERED });
  /** Those of the rows at hand. */
  #named = new Map<string, Wanted>();
  #count = 0;

  /**
   * The slug that stands for what a row names; the same for the same thing.
   *
   * @returns Undefined where the row names nothing.
   * @throws {ValueError} When it could not be made as the row has it.
   */
  slugFor(reference: Reference, text: Text): string | undefined {
    switch (reference.owner) {
      case 'Actor':
        return this.#actor(reference, text);
      case 'Topic':
        return this.#topic(reference, text);
      case 'Source':
        return this.#source(reference, text);
    }
  }

  /** Forgets which things the rows so far named: their stand-ins mean nothing any more. */
  startBatch(): void {
    this.#named = new Map();
  }

  /** What a slug stands for; undefined for a slug that was not given out to a row of this batch. */
  find(standIn: string): Wanted | undefined {
    return this.#named.get(standIn);
  }

  #actor({ byName, kind, language, country, slug }: ActorByName, text: Text): string | undefined {
    const name = text(byName);
    if (name === undefined) return undefined;
    const [actorKind, spoken, countryCode, given] = [text(kind), text(language), text(country), text(slug)];
    return this.#want('Actor', [actorKind, name], actorInput, () => ({
      slug: given ?? slugFrom(name, actorKind ?? 'actor'),
      kind: actorKind,
      name,
      countryCode,
      names: [{ name, language: spoken }],
    }));
  }

  #topic({ byName, slug }: TopicByName, text: Text): string | undefined {
    const name = text(byName);
    if (name === undefined) return undefined;
    const given = text(slug);
    return this.#want('Topic', [name], topicInput, () => ({ slug: given ?? slugFrom(name, 'topic'), name }));
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
    };
    const given = text(template.slug);
    const key = url === undefined ? [null, title] : [url];
    return this.#want('Source', key, sourceInput, () => ({
      slug: given ?? slugFrom(title ?? '', 'source'),
      ...input,
    }));
  }

  /** `make` is for what is not known: to write a slug takes longer than all else. */
  #want(
    owner: Findable['owner'],
    parts: readonly unknown[],
    schema: z.ZodType,
    make: () => Readonly<Record<string, unknown>>,
  ): string {
    const key = JSON.stringify([owner, ...parts]);
    const wanted = this.#byKey.get(key) ?? this.#check(owner, key, schema, make());
    this.#named.set(wanted.standIn, wanted);
    return wanted.standIn;
  }

  #check(
    owner: Findable['owner'],
    key: string,
    schema: z.ZodType,
    input: Readonly<Record<string, unknown>>,
  ): Wanted {
    const checked = schema.safeParse(input);
    if (!checked.success) {
      const faults = checked.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
      throw new ValueError(input, `It cannot be made as the row has it. ${faults.join(' ')}`);
    }
    this.#count += 1;
    const standIn = `${this.#prefix}-${this.#count}`;
    const wanted = { standIn, key, thing: { owner, input } as unknown as Findable };
    this.#byKey.set(key, wanted);
    return wanted;
  }
}

/** A slug of whole words, at most 80 characters; `otherwise` where the name has no letter to write. */
function slugFrom(name: string, otherwise: string): string {
  const slug = slugify(name);
  const cut = slug.length <= 80 ? slug : slug.slice(0, slug.lastIndexOf('-', 80));
  return cut.slice(0, 80) || slugify(otherwise);
}
