export {
  chosenTarget,
  loadConfiguration,
  unknownVariables,
  type Configuration,
  type Environment,
  type LoadOptions,
} from './load.js';
export { renderConfigurationReference } from './reference.js';
export { targetKind, type TargetKind } from './variable.js';
