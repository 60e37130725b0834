import { hash } from 'node:crypto';

/** Half of what a revoked key may still be good for: the read model of the directory needs its time too. */
const rememberedForMs = 500;

/**
 * Proofs of keys that were made in the last moment, so that a busy key costs a few statements a second and not one a
 * request. All are forgotten together after half a second by the monotonic clock: nothing has to be heard from anywhere
 * for a revoked key to be refused within a second, in every process.
 */
export class RecentProofs<Proof> {
  private proofs = new Map<string, Promise<Proof | undefined>>();
  private since = performance.now();

  /** What is remembered of the key, else what `prove` finds; requests that come at the same time share one proof. */
  of(key: string, prove: () => Promise<Proof | undefined>): Promise<Proof | undefined> {
    if (performance.now() - this.since >= rememberedForMs) this.forget();
    const proofs = this.proofs;
    // Known by a hash, so that no key lies in memory longer than its request.
    const name = hash('sha256', key, 'base64');
    const remembered = proofs.get(name);
    if (remembered) return remembered;
    const drop = (): unknown => proofs.delete(name);
    const proof = prove();
    proofs.set(name, proof);
    // Only keys that hold are kept: guessing fills no memory, and a new key works at once.
    proof.then((found) => found ?? drop(), drop);
    return proof;
  }

  /** From now on every key is proved anew; a proof that is under way is given only to those who wait for it. */
  forget(): void {
    this.proofs = new Map();
    this.since = performance.now();
  }
}
