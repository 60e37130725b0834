export { composition } from './composition.js';
export { descriptors } from './descriptors.js';
