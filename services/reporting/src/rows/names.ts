import type { Directory } from '@harmony/access';

/** What somebody or something is called now; null for what is there no more. */
export interface Reference {
  readonly id: string;
  readonly name: string | null;
}

/** Names of everybody whom a page of rows mentions, looked up once and only when somebody asks for one. */
export class Names {
  private found: Promise<ReadonlyMap<string, string>> | undefined;

  constructor(
    private readonly directory: Directory,
    private readonly workspaceId: string,
    private readonly ids: readonly (string | null)[],
  ) {}

  async of(id: string): Promise<Reference> {
    const mentioned = this.ids.filter((one) => one !== null);
    this.found ??= this.directory.namesOf(this.workspaceId, [...new Set(mentioned)]);
    return { id, name: (await this.found).get(id) ?? null };
  }
}
