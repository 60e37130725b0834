export { partCountOf, placeOfPart } from './plan.js';
export * from './port.js';
