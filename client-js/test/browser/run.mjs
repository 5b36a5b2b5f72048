// node test/browser/run.mjs [FILE…]: all tests in Chromium, one file after another, each with its JUnit report in target/.
// A file that fails is run once more, as Maven does with its tests; one that then passes is named in target/browser-flaky.txt.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';

const files =
  process.argv.length > 2
    ? process.argv.slice(2)
    : [...filesIn('test/browser', /\.test\.mjs$/), 'test/call/browser.test.mjs'];

mkdirSync('target', { recursive: true });
for (const report of filesIn('target', /^browser/)) rmSync(report);
const flaky = [];
const failed = files.filter((file) => {
  if (passes(file)) return false;
  console.log(`${file} failed and is run once more.`);
  if (!passes(file)) return true;
  flaky.push(file);
  return false;
});
if (flaky.length > 0) writeFileSync('target/browser-flaky.txt', `${flaky.join('\n')}\n`);
for (const file of failed) console.log(`failed: ${file}`);
process.exitCode = failed.length > 0 ? 1 : 0;

function passes(file) {
  const report = `target/browser-${file.startsWith('test/call/') ? 'call' : basename(file, '.test.mjs')}.xml`;
  const reporters = [
    ['spec', 'stdout'],
    ['junit', report],
  ].flatMap(([reporter, to]) => [`--test-reporter=${reporter}`, `--test-reporter-destination=${to}`]);
  return spawnSync(process.execPath, ['--test', ...reporters, file], { stdio: 'inherit' }).status === 0;
}

function filesIn(folder, pattern) {
  return readdirSync(folder)
    .filter((name) => pattern.test(name))
    .sort()
    .map((name) => `${folder}/${name}`);
}
