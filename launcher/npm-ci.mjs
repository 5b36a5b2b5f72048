// node npm-ci.mjs FOLDER: installs what FOLDER/package-lock.json locks, and does nothing when exactly that is there already.
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.argv[2] ?? '.';
const lock = join(folder, 'package-lock.json');
const installed = join(folder, 'node_modules', '.parley-lock.json');
if (!existsSync(installed) || !readFileSync(lock).equals(readFileSync(installed))) {
  console.log(`npm ci in ${folder}`);
  execFileSync('npm', ['ci', '--no-audit', '--no-fund', '--prefer-offline'], {
    cwd: folder,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  copyFileSync(lock, installed);
}
