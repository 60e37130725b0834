import { SigningKeys } from '@harmony/access';
import { exitCodes, type ExitCode, type Operator, type Voice } from '../operator.js';
import { json } from '../output/text.js';

/** `rotate-keys`: what was signed before stays good, since its key is still published. */
export async function rotateKeysCommand({ database }: Operator, voice: Voice): Promise<ExitCode> {
  const kid = await new SigningKeys(database.worker).rotate();
  voice.result(voice.json ? json({ kid }) : `Access tokens and signatures of files are by the key ${kid} from now on.`);
  return exitCodes.done;
}
