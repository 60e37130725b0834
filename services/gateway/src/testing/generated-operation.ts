import * as fc from 'fast-check';
import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';

export interface GeneratedOperation {
  readonly query: string;
  readonly variables: Record<string, unknown>;
}

/** Names that mean something to JavaScript, to the library or to nobody. */
export const oddNames = [
  ...['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf', '__defineGetter__'],
  ...['then', 'toJSON', 'idx0', 'id_conversation', '__context', '__parent', 'await', 'return', 'data', 'name'],
];

const texts = ['', 'text', '__proto__', 'constructor', '\'"`${}\\', '\u2028\n'] as const;

/** What a variable must not be, for most of their types. */
const oddValues: readonly [unknown, ...unknown[]] = [
  null,
  ...[true, -1, 1.5, 1e21, 2 ** 31, 'ODD', [], [[]], [null], {}, { odd: { odd: [] } }, 'x'.repeat(10_000)],
  JSON.parse('{"__proto__":{"title":"x"},"constructor":1}'),
];

const maximumLevels = 5;

/** Queries over a schema, mostly valid ones. `plain` ones have only what is compiled, others all there is. */
export function generatedOperations(schema: GraphQLSchema, isPlain: boolean): fc.Arbitrary<GeneratedOperation> {
  return fc
    .array(fc.nat(), { minLength: 10, maxLength: 400, size: 'max' })
    .map((entropy) => new OperationGenerator(schema, entropy.values(), isPlain).generate());
}

class OperationGenerator {
  private readonly fragments: string[] = [];
  private readonly declarations: string[] = [];
  private readonly variables: Record<string, unknown> = {};

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly entropy: Iterator<number, undefined>,
    private readonly isPlain: boolean,
  ) {}

  generate(): GeneratedOperation {
    const root = this.schema.getQueryType();
    if (!root) throw new Error('The schema has no queries.');
    const selection = this.selection(root, maximumLevels);
    const declared = this.declarations.length > 0 ? `(${this.declarations.join(', ')})` : '';
    return {
      query: [`query Generated${declared} ${selection}`, ...this.fragments].join('\n'),
      variables: this.variables,
    };
  }

  private below(limit: number): number {
    return (this.entropy.next().value ?? 0) % Math.max(1, limit);
  }

  private oneOf<Value>(values: readonly [Value, ...Value[]]): Value {
    return values[this.below(values.length)] ?? values[0];
  }

  private selection(type: GraphQLObjectType, levels: number): string {
    const all = Object.values(type.getFields()).filter((field) => levels > 1 || isLeafType(getNamedType(field.type)));
    const chosen = new Set(Array.from({ length: 1 + this.below(4) }, () => all[this.below(all.length)] ?? []).flat());
    const fields = [...chosen].map((field) => this.placed(type, this.field(field, levels)));
    const typename = all.length === 0 || this.below(4) === 0 ? ['__typename'] : [];
    const again = this.below(6) === 0 ? fields.filter((field) => !this.isPlain || !field.includes('...')) : [];
    return `{ ${[...typename, ...fields, ...again].join(' ')} }`;
  }

  /** As it is, in an inline fragment, or in one with a name. */
  private placed(type: GraphQLObjectType, field: string): string {
    const way = this.below(8);
    const directive = this.directive();
    if (way === 0) return `...${this.below(2) ? ` on ${type.name}` : ''}${directive} { ${field} }`;
    if (way > 1) return field;
    const name = `${this.isPlain ? 'Part_' : this.oneOf(['Part', '__proto__', 'constructor'])}${this.fragments.length}`;
    this.fragments.push(`fragment ${name} on ${type.name} { ${field} }`);
    return `...${name}${directive}`;
  }

  private field(field: GraphQLField<unknown, unknown>, levels: number): string {
    const given = field.args.filter((argument) => isRequiredArgument(argument) || this.below(2));
    const list = given.map((argument) => `${argument.name}: ${this.argument(argument)}`).join(', ');
    const type = getNamedType(field.type);
    const below = isObjectType(type) ? ` ${this.selection(type, levels - 1)}` : '';
    const alias = !this.isPlain && this.below(4) === 0 ? `${this.oneOf(['a', 'b', ...oddNames])}: ` : '';
    return `${alias}${field.name}${list && `(${list})`}${this.directive()}${below}`;
  }

  private directive(): string {
    if (this.isPlain || this.below(4)) return '';
    const condition = this.below(2) ? String(this.below(2) === 0) : this.variable('Boolean!', this.below(2) === 0);
    return ` @${this.oneOf(['skip', 'include'])}(if: ${condition})`;
  }

  private argument({ type, defaultValue }: GraphQLArgument): string {
    if (this.below(3)) {
      const isLoose = isNonNullType(type) && defaultValue !== undefined && this.below(2) === 0;
      return this.variable(String(isLoose ? type.ofType : type), this.input(type));
    }
    return this.literal(type);
  }

  /** Declares a variable whose value is mostly right. */
  private variable(type: string, value: unknown): string {
    const name = `${!this.isPlain && this.below(4) === 0 ? this.oneOf(['__proto__', 'constructor', 'a_b']) : 'v'}${this.declarations.length}`;
    this.declarations.push(`$${name}: ${type}`);
    const way = this.below(20);
    if (way === 0) this.variables[name] = this.oneOf(oddValues);
    else if (way > 1) this.variables[name] = value;
    return `$${name}`;
  }

  private literal(type: GraphQLInputType): string {
    if (isNonNullType(type)) return this.literal(type.ofType);
    if (this.below(6) === 0) return 'null';
    const { name } = getNamedType(type);
    if (isEnumType(type)) return this.oneOf(['null', ...type.getValues().map((value) => value.name)]);
    if (name === 'Int' || name === 'ID') return String(this.below(200));
    if (name === 'Boolean') return String(this.below(2) === 0);
    if (this.isPlain) return this.variable(String(type), this.input(type));
    if (isListType(type)) return `[${this.literal(type.ofType)}]`;
    if (isInputObjectType(type)) return this.literalObject(Object.values(type.getFields()));
    return name === 'DateTime' ? '"2026-01-31T10:00:00Z"' : JSON.stringify(this.oneOf(texts));
  }

  private literalObject(all: readonly GraphQLInputField[]): string {
    const fields = all.filter((field) => isNonNullType(field.type) || this.below(3) === 0);
    const values = fields.map((field) => `${field.name}: ${this.argument({ ...field, defaultValue: undefined })}`);
    return `{ ${values.join(', ')} }`;
  }

  private input(type: GraphQLInputType): unknown {
    if (isNonNullType(type)) return this.input(type.ofType);
    if (this.below(8) === 0) return null;
    if (isListType(type))
      return this.below(3) ? [this.input(type.ofType), this.input(type.ofType)] : this.input(type.ofType);
    if (isEnumType(type)) return type.getValues()[this.below(type.getValues().length)]?.name;
    if (isInputObjectType(type)) {
      const fields = Object.values(type.getFields()).filter(() => this.below(2) === 0);
      return Object.fromEntries(fields.map((field) => [field.name, this.input(field.type)]));
    }
    if (type.name === 'Int') return this.below(200);
    if (type.name === 'Boolean') return this.below(2) === 0;
    return type.name === 'DateTime' ? '2026-01-31T10:00:00Z' : this.oneOf(['', 'text', '__proto__', '\'"`${}\\']);
  }
}
