import { count, duration } from '@harmony/tool-operator';
import type { Seeded } from './seed.js';
import type { SeedWish } from './wish.js';

/** What somebody who has just seeded wants to know, line by line. */
export function reportLines(seeded: Seeded, wish: SeedWish): string[] {
  const { account, projectIds, events, appendSeconds, replaySeconds } = seeded;
  const rate = Math.round(events / appendSeconds);
  return [
    `Appended ${count(events, 'event')} of ${count(wish.conversations, 'conversation')} in ${duration(appendSeconds)} (${rate} a second), replayed in ${duration(replaySeconds)}.`,
    `Workspace  ${account.workspaceId}`,
    ...projectIds.map((id, index) => `Project ${index + 1}  ${id}`),
    ...(account.email === undefined ? [] : [`Sign in    ${account.email} with password ${account.password}`]),
    account.apiKey === undefined
      ? 'API key    one of this workspace, which you have already'
      : `API key    ${account.apiKey} (shown once; send it as X-API-Key)`,
    `Start      npm start${wish.dataDirectory === undefined ? '' : ` with HARMONY_DATA_DIR=${wish.dataDirectory}`}, unless Harmony runs already`,
    `Try        curl -H 'X-API-Key: …' http://127.0.0.1:3000/v1/projects/${projectIds[0]}/report`,
  ];
}
