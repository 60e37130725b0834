export { chosenTarget, loadConfiguration, unknownVariables, type Environment, type LoadOptions } from './load.js';
export type { Configuration } from './configuration.js';
export { renderConfigurationReference } from './reference.js';
export { targetKind, type TargetKind } from './variable.js';
