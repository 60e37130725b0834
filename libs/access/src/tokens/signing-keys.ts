import { exportJWK, generateKeyPair, importJWK, type CryptoKey, type JWK } from 'jose';
import { inTransaction } from '@harmony/read-model';
import { randomUUID } from 'node:crypto';
import type { ClientBase, Pool } from 'pg';
import { statement } from '../secrets/statement.js';

export const signingAlgorithm = 'EdDSA';

interface KeyRow {
  kid: string;
  private_jwk: JWK;
  public_jwk: JWK;
}

export interface SigningKey {
  readonly kid: string;
  readonly privateKey: CryptoKey;
}

const newest = 'select kid, private_jwk, public_jwk from access.signing_keys order by created_at desc, kid limit 1';

const asCryptoKey = async (jwk: JWK): Promise<CryptoKey> => (await importJWK(jwk, signingAlgorithm)) as CryptoKey;

/** The public half of a key (RFC 8037). */
export interface PublishedKey {
  readonly kty: string;
  readonly crv: string;
  readonly x: string;
  readonly kid: string;
  readonly alg: string;
  readonly use: 'sig';
}

/** Keys of the local issuer. The newest one signs; older ones stay valid for what they signed. */
export class SigningKeys {
  private readonly verifying = new Map<string, CryptoKey>();
  private signing: { readonly row: KeyRow; readonly key: CryptoKey } | undefined;

  constructor(private readonly pool: Pool) {}

  /** The key that signs now; the first call ever makes it. */
  async current(): Promise<SigningKey> {
    const [newestRow] = await statement<KeyRow>(this.pool, newest);
    const row = newestRow ?? (await this.create(true));
    if (this.signing?.row.kid !== row.kid) this.signing = { row, key: await asCryptoKey(row.private_jwk) };
    return { kid: row.kid, privateKey: this.signing.key };
  }

  /** The key that a token names; undefined for one that is not ours. */
  async byKid(kid: string): Promise<CryptoKey | undefined> {
    const known = this.verifying.get(kid);
    if (known) return known;
    const sql = 'select kid, private_jwk, public_jwk from access.signing_keys where kid = $1';
    const [row] = await statement<KeyRow>(this.pool, sql, [kid]);
    if (!row) return undefined;
    const key = await asCryptoKey(row.public_jwk);
    this.verifying.set(kid, key);
    return key;
  }

  /** The public halves of all keys, so that anybody can check what was signed; newest first. */
  async published(): Promise<PublishedKey[]> {
    const sql = 'select kid, public_jwk from access.signing_keys order by created_at desc, kid';
    const rows = await statement<Pick<KeyRow, 'kid' | 'public_jwk'>>(this.pool, sql);
    const keys = rows.length > 0 ? rows : [await this.create(true)];
    return keys.map(({ kid, public_jwk: { kty = '', crv = '', x = '' } }) => ({
      ...{ kty, crv, x, kid, alg: signingAlgorithm, use: 'sig' },
    }));
  }

  /** Signs with a fresh key from now on. @returns its kid. */
  async rotate(): Promise<string> {
    return (await this.create(false)).kid;
  }

  /** Under a lock, so that processes that start together agree on the first key. */
  private create(onlyFirst: boolean): Promise<KeyRow> {
    return inTransaction(this.pool, async (client) => {
      await client.query(`select pg_advisory_xact_lock(hashtext('access.signing_keys'))`);
      const existing = onlyFirst ? (await client.query<KeyRow>(newest)).rows[0] : undefined;
      return existing ?? insertKey(client);
    });
  }
}

async function insertKey(client: ClientBase): Promise<KeyRow> {
  const pair = await generateKeyPair(signingAlgorithm, { crv: 'Ed25519', extractable: true });
  const row = {
    kid: randomUUID(),
    private_jwk: await exportJWK(pair.privateKey),
    public_jwk: await exportJWK(pair.publicKey),
  };
  await client.query(
    `insert into access.signing_keys (kid, algorithm, private_jwk, public_jwk, created_at)
       values ($1, $2, $3, $4, clock_timestamp())`,
    [row.kid, signingAlgorithm, row.private_jwk, row.public_jwk],
  );
  return row;
}
