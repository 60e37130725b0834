import { createHmac, randomBytes } from 'node:crypto';

/** P6: `lk_` and 64 lowercase hex digits, that is 256 random bits. */
const form = /^lk_[0-9a-f]{64}$/;

export const isApiKey = (text: string): boolean => form.test(text);

export const newApiKey = (): string => `lk_${randomBytes(32).toString('hex')}`;

export const lastFourOf = (key: string): string => key.slice(-4);

/** HMAC-SHA-256. A slow hash would add nothing: 256 random bits cannot be guessed. */
export const hashApiKey = (key: string, pepper: Buffer): Buffer => createHmac('sha256', pepper).update(key).digest();
