export * from './folder/folder-object-store.js';
export * from './port.js';
