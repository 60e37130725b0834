import { execFileSync } from 'node:child_process';

/** A disk of so many megabytes at the folder, where this machine lets us mount one. */
export function mountDisk(folder: string, megabytes: number, more: readonly string[] = []): boolean {
  try {
    const options = [...more, `size=${megabytes}m`].join(',');
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Also while something still holds a file on it. */
export const unmountDisk = (folder: string): void => void execFileSync('umount', ['-l', folder]);
