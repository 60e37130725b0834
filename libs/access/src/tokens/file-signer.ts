import type { Clock } from '@harmony/kernel';
import { SignJWT } from 'jose';
import { signingAlgorithm, type SigningKeys } from './signing-keys.js';
import { localIssuerName } from './local-issuer.js';

/** What is said of a file; all of it can be read by whoever has the signature. */
export interface SignedFile {
  /** Of the file, as the subject. */
  readonly id: string;
  /** Hex. */
  readonly sha256: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** `typ` of signatures of files, by which nobody takes one for an access token, or the other way round. */
export const fileSignatureType = 'harmony-file+jwt';

/** Signs what Harmony says of files that it made, so that others can show it to third parties. */
export class FileSigner {
  constructor(
    private readonly keys: SigningKeys,
    private readonly clock: Clock,
  ) {}

  /** @returns a compact JWS (RFC 7515) by the key that signs now; its key is among {@link SigningKeys.published}. */
  async sign({ id, sha256, facts }: SignedFile): Promise<string> {
    const { kid, privateKey } = await this.keys.current();
    return new SignJWT({ ...facts, sha256 })
      .setProtectedHeader({ alg: signingAlgorithm, kid, typ: fileSignatureType })
      .setIssuer(localIssuerName)
      .setSubject(id)
      .setIssuedAt(Math.floor(this.clock.now().getTime() / 1000))
      .sign(privateKey);
  }
}
