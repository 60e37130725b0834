import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';

/** Parameters of scrypt (RFC 7914), stored beside each hash so that they can be raised later. */
export interface ScryptCost {
  readonly cost: number;
  readonly blockSize: number;
  readonly parallelization: number;
}

export interface HashedPassword extends ScryptCost {
  readonly salt: Buffer;
  readonly hash: Buffer;
}

/** One of the equally strong settings of the OWASP password storage cheat sheet: 32 MiB a hash. */
export const defaultScryptCost: ScryptCost = { cost: 2 ** 15, blockSize: 8, parallelization: 3 };

const hashBytes = 32;

function derive(password: string, salt: Buffer, { cost, blockSize, parallelization }: ScryptCost): Promise<Buffer> {
  const maxmem = 256 * cost * blockSize;
  const options: ScryptOptions = { N: cost, r: blockSize, p: parallelization, maxmem };
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, hashBytes, options, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}

export async function hashPassword(password: string, cost: ScryptCost = defaultScryptCost): Promise<HashedPassword> {
  const salt = randomBytes(16);
  return { ...cost, salt, hash: await derive(password, salt, cost) };
}

export async function passwordFits(password: string, hashed: HashedPassword): Promise<boolean> {
  return timingSafeEqual(await derive(password, hashed.salt, hashed), hashed.hash);
}
