import fc from 'fast-check';
import {
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { createInputs, type Draw, type Pool } from './random-input.js';

/** A valid query of some schema, with its variables. */
export interface RandomQuery {
  readonly query: string;
  readonly variables: Record<string, unknown>;
}

/** The maximum size of a query. */
const MAX_DEPTH = 9;
const MAX_FIELDS = 40;
const MAX_DIRECTIVES = 6;

/**
 * Fields by response name. Fields with the same response name must have the same shape, even if
 * fragments on different types select them. Their selections share a scope, so that this holds for
 * nested fields too.
 */
type Scope = Map<string, { readonly shape: string; readonly scope: Scope }>;

/**
 * Generates valid queries by walking a schema: fields, arguments, aliases, inline and named fragments,
 * variables and directives. Most are within the document limits. The cost of lists is not bounded.
 */
export function randomQueries(schema: GraphQLSchema, pool: Pool): fc.Arbitrary<RandomQuery> {
  return fc.gen().map((gen) => {
    const draw: Draw = {
      below: (count) => gen(fc.nat, { max: count - 1 }),
      pick: (list) => list[gen(fc.nat, { max: list.length - 1 })] as never,
      chance: (percent) => gen(fc.nat, { max: 99 }) >= 100 - percent, // Shrinks towards false.
    };
    return new Writer(schema, pool, draw).write();
  });
}

class Writer {
  readonly #schema: GraphQLSchema;
  readonly #draw: Draw;
  readonly #inputs: ReturnType<typeof createInputs>;
  readonly #fragments: { name: string; type: GraphQLCompositeType; text: string }[] = [];
  readonly #declared: string[] = [];
  readonly #variables: Record<string, unknown> = {};
  #fields = 0;
  #aliases = 0;
  #directives = 0;

  constructor(schema: GraphQLSchema, pool: Pool, draw: Draw) {
    this.#schema = schema;
    this.#draw = draw;
    this.#inputs = createInputs(pool, draw);
  }

  write(): RandomQuery {
    const root = this.#schema.getQueryType();
    if (!root) throw new Error('Expected a schema with a query type; got one without.');
    const selection = this.#selection(root, new Map(), 1);
    const declared = this.#declared.length > 0 ? `(${this.#declared.join(', ')})` : '';
    const fragments = this.#fragments.map(
      ({ name, type, text }) => `fragment ${name} on ${type.name} ${text}`,
    );
    return {
      query: [`query Random${declared} ${selection}`, ...fragments].join('\n'),
      variables: this.#variables,
    };
  }

  #selection(type: GraphQLCompositeType, scope: Scope, depth: number): string {
    const count = 1 + this.#draw.below(depth === 1 ? 4 : 5);
    const parts = Array.from({ length: count }, () => this.#part(type, scope, depth));
    return `{ ${parts.join(' ')} }`;
  }

  #part(type: GraphQLCompositeType, scope: Scope, depth: number): string {
    if (this.#fields < MAX_FIELDS && depth < MAX_DEPTH) {
      if (this.#draw.chance(12)) return this.#inline(type, scope, depth);
      if (depth > 1 && this.#draw.chance(8)) return this.#spread(type, depth);
    }
    const fields = isAbstractType(type) && !('getFields' in type) ? [] : Object.values(type.getFields());
    const isFull = this.#fields >= MAX_FIELDS || depth >= MAX_DEPTH;
    const choice = isFull ? fields.filter((field) => !isCompositeType(getNamedType(field.type))) : fields;
    if (choice.length === 0 || this.#draw.chance(3)) return `__typename${this.#directive()}`;
    return this.#field(this.#draw.pick(choice), scope, depth);
  }

  #field(field: GraphQLField<unknown, unknown>, scope: Scope, depth: number): string {
    this.#fields += 1;
    const args = this.#arguments(field);
    const shape = `${field.name}: ${field.type}`;
    const known = scope.get(field.name);
    const isFree = args === '' && (known === undefined || known.shape === shape);
    const name = isFree && !this.#draw.chance(10) ? field.name : this.#newAlias();
    const below = scope.get(name)?.scope ?? new Map();
    scope.set(name, { shape, scope: below });
    const type = getNamedType(field.type);
    const head = `${name === field.name ? '' : `${name}: `}${field.name}${args}${this.#directive()}`;
    return isCompositeType(type) ? `${head} ${this.#selection(type, below, depth + 1)}` : head;
  }

  #arguments(field: GraphQLField<unknown, unknown>): string {
    const isPage = field.args.some(({ name }) => name === 'first');
    const given = field.args.flatMap((argument) => {
      if (isPage && ['first', 'last', 'before'].includes(argument.name)) return [];
      return isRequired(argument) || this.#draw.chance(35) ? [this.#argument(field, argument)] : [];
    });
    // Only one of `first` and `last`, because both together are refused.
    const hasLast = field.args.some(({ name }) => name === 'last');
    const size = hasLast && this.#draw.chance(20) ? 'last' : 'first';
    if (isPage) given.push(`${size}: ${1 + this.#draw.below(5)}`);
    return given.length > 0 ? `(${given.join(', ')})` : '';
  }

  #argument({ name: field }: GraphQLField<unknown, unknown>, { name, type }: GraphQLArgument): string {
    const value = this.#inputs.value(type, `${field}.${name}`);
    if (!this.#draw.chance(40)) return `${name}: ${this.#inputs.literal(type, value)}`;
    return `${name}: ${this.#variable(type, value)}`;
  }

  #variable(type: GraphQLInputType, value: unknown): string {
    const name = `v${this.#declared.length + 1}`;
    const isLeftOut = this.#draw.chance(20);
    this.#declared.push(`$${name}: ${type}${isLeftOut ? ` = ${this.#inputs.literal(type, value)}` : ''}`);
    if (!isLeftOut) this.#variables[name] = value;
    return `$${name}`;
  }

  #inline(type: GraphQLCompositeType, scope: Scope, depth: number): string {
    const on = this.#condition(type);
    const condition = on === type && this.#draw.chance(30) ? '' : ` on ${on.name}`;
    return `...${condition}${this.#directive()} ${this.#selection(on, scope, depth)}`;
  }

  /** Fields in fragments have unique aliases, so that a fragment fits into any selection. */
  #spread(type: GraphQLCompositeType, depth: number): string {
    const on = this.#condition(type);
    const known = this.#fragments.filter((fragment) => fragment.type === on);
    if (known.length > 0 && this.#draw.chance(50)) return `...${this.#draw.pick(known).name}`;
    const fields = 'getFields' in on ? Object.values(on.getFields()) : [];
    const texts = fields
      .filter((field) => !isCompositeType(getNamedType(field.type)) && field.args.length === 0)
      .filter(() => this.#draw.chance(30))
      .slice(0, 4)
      .map((field) => `${this.#newAlias()}: ${field.name}`);
    const deep = fields.filter((field) => isCompositeType(getNamedType(field.type)) && depth + 2 < MAX_DEPTH);
    if (deep.length > 0 && this.#draw.chance(40)) {
      const field = this.#draw.pick(deep);
      const below = getNamedType(field.type) as GraphQLCompositeType;
      const selection = this.#selection(below, new Map(), Math.max(depth + 1, MAX_DEPTH - 2));
      texts.push(`${this.#newAlias()}: ${field.name}${this.#arguments(field)} ${selection}`);
    }
    const text = `{ ${[...texts, '__typename'].join(' ')} }`;
    const name = `F${this.#fragments.length + 1}`;
    this.#fragments.push({ name, type: on, text });
    return `...${name}${this.#directive()}`;
  }

  /** Picks a type condition that can match an object of `type`. */
  #condition(type: GraphQLCompositeType): GraphQLCompositeType {
    const interfaces = isObjectType(type) || 'getInterfaces' in type ? type.getInterfaces() : [];
    const possible = isAbstractType(type) ? this.#schema.getPossibleTypes(type) : [];
    return this.#draw.pick([type, ...interfaces, ...possible]);
  }

  #directive(): string {
    if (this.#directives >= MAX_DIRECTIVES || !this.#draw.chance(5)) return '';
    this.#directives += 1;
    const name = this.#draw.chance(50) ? 'include' : 'skip';
    const isOn = this.#draw.chance(50);
    if (!this.#draw.chance(50)) return ` @${name}(if: ${isOn})`;
    this.#declared.push(`$v${this.#declared.length + 1}: Boolean!`);
    this.#variables[`v${this.#declared.length}`] = isOn;
    return ` @${name}(if: $v${this.#declared.length})`;
  }

  #newAlias(): string {
    this.#aliases += 1;
    return `a${this.#aliases}`;
  }
}

const isRequired = ({ type, defaultValue }: GraphQLArgument) =>
  isNonNullType(type) && defaultValue === undefined;
