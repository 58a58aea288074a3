import slugify from '@sindresorhus/slugify';
import type { z } from 'zod';
import type { Transaction } from '../database/open.js';
import { actorInput } from '../domain/actor.js';
import {
  type FoundOrMade,
  findOrMakeActors,
  findOrMakeSources,
  findOrMakeTopics,
} from '../domain/find-or-make.js';
import { newId } from '../domain/id.js';
import { type SourceInput, sourceInput } from '../domain/source.js';
import { topicInput } from '../domain/topic.js';
import { ValueError } from './errors.js';
import type { Expression } from './expression.js';
import { readDate } from './read-date.js';
import type { ActorByName, Reference, SourceByUrl, TopicByName } from './templates.js';

type Text = (expression: Expression | undefined) => string | undefined;

/** How many things an import made because the record did not have them. */
export interface MadeCounts {
  actors: number;
  topics: number;
  sources: number;
}

/**
 * The actors, topics and sources that some rows name. Each gets a slug that stands for it until it
 * is found or made, so that rows can be checked without the record.
 */
export class WantedThings {
  // Longer than a person would choose, so no slug of the record is mistaken for it.
  readonly #prefix = `wanted-${newId()}`;
  readonly #slugs = new Map<string, string>();
  readonly #actors = new Map<string, z.input<typeof actorInput>>();
  readonly #topics = new Map<string, z.input<typeof topicInput>>();
  readonly #sources = new Map<string, SourceInput>();
  #found = new Map<string, FoundOrMade>();

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

  /** Finds all that is wanted in the record, and makes what is not there. A few statements in all. */
  async findOrMake(tx: Transaction, made: MadeCounts): Promise<void> {
    const found = new Map<string, FoundOrMade>();
    const note = (slugs: Iterable<string>, results: readonly FoundOrMade[]): number => {
      [...slugs].forEach((slug, index) => {
        const result = results[index];
        if (result) found.set(slug, result);
      });
      return results.filter((result) => 'made' in result && result.made).length;
    };
    made.actors += note(this.#actors.keys(), await findOrMakeActors(tx, [...this.#actors.values()]));
    made.topics += note(this.#topics.keys(), await findOrMakeTopics(tx, [...this.#topics.values()]));
    made.sources += note(this.#sources.keys(), await findOrMakeSources(tx, [...this.#sources.values()]));
    this.#found = found;
  }

  /** Where the thing is that a slug stands for; a slug that was not given out stands for itself. */
  whereIs(slug: string): FoundOrMade {
    return this.#found.get(slug) ?? { slug, made: false };
  }

  /** What a slug stands for, as people know it. */
  nameOf(slug: string): string {
    return (
      this.#actors.get(slug)?.name ?? this.#topics.get(slug)?.name ?? this.#sources.get(slug)?.title ?? slug
    );
  }

  #actor({ byName, kind, language, country, slug }: ActorByName, text: Text): string | undefined {
    const name = text(byName);
    if (name === undefined) return undefined;
    const spoken = text(language);
    const input = {
      slug: text(slug) ?? slugFrom(name, text(kind) ?? 'actor'),
      kind: text(kind),
      name,
      countryCode: text(country),
      names: [{ name, language: spoken }],
    };
    return this.#want(this.#actors, ['Actor', input.kind, name], actorInput, input);
  }

  #topic({ byName, slug }: TopicByName, text: Text): string | undefined {
    const name = text(byName);
    if (name === undefined) return undefined;
    const input = { slug: text(slug) ?? slugFrom(name, 'topic'), name };
    return this.#want(this.#topics, ['Topic', name], topicInput, input);
  }

  #source(template: SourceByUrl, text: Text): string | undefined {
    const url = text(template.byUrl);
    const title = text(template.title);
    if ((template.byUrl === undefined ? title : url) === undefined) return undefined;
    const published = text(template.published);
    const input = {
      slug: text(template.slug) ?? slugFrom(title ?? '', 'source'),
      title,
      url,
      publisher: text(template.publisher),
      language: text(template.language),
      reliability: text(template.reliability),
      published: published === undefined ? undefined : readDate(published),
    };
    return this.#want(
      this.#sources,
      ['Source', url === undefined ? 'title' : 'url', url ?? title],
      sourceInput,
      input,
    );
  }

  #want<T extends z.ZodType>(
    things: Map<string, z.input<T>>,
    key: readonly unknown[],
    schema: T,
    input: unknown,
  ): string {
    const known = this.#slugs.get(JSON.stringify(key));
    if (known !== undefined) return known;
    const checked = schema.safeParse(input);
    if (!checked.success) {
      const faults = checked.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
      throw new ValueError(input, `It cannot be made as the row has it. ${faults.join(' ')}`);
    }
    const slug = `${this.#prefix}-${this.#slugs.size}`;
    this.#slugs.set(JSON.stringify(key), slug);
    things.set(slug, input as z.input<T>);
    return slug;
  }
}

/** A slug of whole words, at most 80 characters; `otherwise` where the name has no letter to write. */
function slugFrom(name: string, otherwise: string): string {
  const slug = slugify(name);
  const cut = slug.length <= 80 ? slug : slug.slice(0, slug.lastIndexOf('-', 80));
  return cut.slice(0, 80) || slugify(otherwise);
}
