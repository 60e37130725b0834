import type { groups } from './groups/index.js';
import type { ValuesOf } from './variable.js';

/** Everything that can be set, parsed and typed; frozen. */
export type Configuration = { readonly [Name in keyof typeof groups]: ValuesOf<(typeof groups)[Name]> };
