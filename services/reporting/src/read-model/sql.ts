/** A part of a statement whose parameters are numbered from the one that its maker was told. */
export interface SqlPart {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/** Collects the parameters of a statement while its text is put together. */
export class Parameters {
  readonly values: unknown[] = [];

  /** @param first number of the first one. */
  constructor(private readonly first: number) {}

  /** Takes in a value; `$n`, to be written where the value belongs. */
  add(value: unknown): string {
    this.values.push(value);
    return `$${this.first + this.values.length - 1}`;
  }

  /** Takes in a part that is made with the next free number. */
  include(make: (firstParameter: number) => SqlPart): string {
    const { sql, parameters } = make(this.first + this.values.length);
    this.values.push(...parameters);
    return sql;
  }
}
