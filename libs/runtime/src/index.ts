export { BackendsModule } from './backends/backends-module.js';
export type { Backends, Host } from './backends/backends.js';
export type { Composition, GatewayContext, RunningGateway } from './composition.js';
export * from './descriptor.js';
export * from './job-runner.js';
export { runProcess, type Program } from './process/run-process.js';
export { startProcess, type ProcessOptions, type RunningProcess } from './process/start-process.js';
export { findTarget, targetNames, type Target } from './targets.js';
export * from './tokens.js';
