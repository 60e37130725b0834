export { buildProgram } from './program.js';
export { seed, type Seeded } from './seed.js';
export type { SeedWish } from './wish.js';
