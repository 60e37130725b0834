export * from './folder/folder-object-store.js';
export * from './multipart/index.js';
export * from './port.js';
