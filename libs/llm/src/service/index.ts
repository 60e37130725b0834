export * from './analyst.provider.js';
export * from './kept-replies.js';
